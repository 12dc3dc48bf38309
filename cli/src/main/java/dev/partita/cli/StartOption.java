package dev.partita.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The options of {@code partita start}, with the names that DynamoDB Local gives them too. */
enum StartOption {
  HOST(Setting.HOST, "ADDRESS", "Address to listen on. Default: 127.0.0.1; 0.0.0.0 for all."),
  PORT(Setting.PORT, "PORT", "Default: 8000; 0 lets the system choose.", "-port"),
  DATA(Setting.DATA, "DIR", "Where data is kept. Default: partita-data.", "-dbPath"),
  IN_MEMORY(Setting.IN_MEMORY, "", "Keep nothing after the process.", "-inMemory"),
  DURABILITY(
      Setting.DURABILITY,
      "sync|async",
      "Answer a write when it is on disk (sync, the default) or written (async)."),
  REGION(Setting.REGION, "NAME", "Default: us-east-1."),
  REPLICATION_GROUPS(
      Setting.REPLICATION_GROUPS, "N", "Data groups of a new directory. Default: by processors."),
  TIME_TO_LIVE_INTERVAL(
      Setting.TIME_TO_LIVE_INTERVAL,
      "SECONDS",
      "Between two changes of time to live of a table. Default: 3600, as AWS has it."),
  TEST_CONTROLS(
      Setting.TEST_CONTROLS,
      "",
      "Lets tests make the server behave badly; see docs/test-controls.md."),
  CONFIG(null, "FILE", "A properties file; also PARTITA_CONFIG.", "--config"),
  HELP(null, "", "Show this.", "-h", "--help", "-help"),
  SHARED_DATABASE(
      "", "-sharedDb", "-sharedDb ignored: one database serves all credentials and regions"),
  CROSS_ORIGINS("ORIGINS", "-cors", "-cors ignored: every origin is allowed"),
  DELAY_TRANSIENT_STATUSES("", "-delayTransientStatuses", ""),
  OPTIMIZE(
      "",
      "-optimizeDbBeforeStartup",
      "-optimizeDbBeforeStartup ignored: storage is compacted as it is used"),
  DISABLE_TELEMETRY("", "-disableTelemetry", "-disableTelemetry ignored: there is no telemetry");

  private final @Nullable Setting setting;
  private final String valueLabel;
  private final String description;
  private final String remark;

  @SuppressWarnings("ImmutableEnumChecker") // Made by List.of.
  private final List<String> names;

  /** An option of Partita's own. */
  StartOption(
      @Nullable Setting setting, String valueLabel, String description, String... otherNames) {
    this.setting = setting;
    this.valueLabel = valueLabel;
    this.description = description;
    this.remark = "";
    this.names =
        setting == null
            ? List.of(otherNames)
            : otherNames.length == 0
                ? List.of(setting.option())
                : List.of(setting.option(), otherNames[0]);
  }

  /** A flag of DynamoDB Local that has no counterpart here. */
  StartOption(String valueLabel, String name, String remark) {
    this.setting = null;
    this.valueLabel = valueLabel;
    this.description = "";
    this.remark = remark;
    this.names = List.of(name);
  }

  /** What the option sets, if it is a setting. */
  Optional<Setting> setting() {
    return Optional.ofNullable(setting);
  }

  /** How the value is called; empty for a flag. */
  String valueLabel() {
    return valueLabel;
  }

  boolean takesValue() {
    return !valueLabel.isEmpty();
  }

  /** For the help; empty if the option is not shown there. */
  String description() {
    return description;
  }

  /** What is said when the option is used; empty if nothing. */
  String remark() {
    return remark;
  }

  List<String> names() {
    return names;
  }

  /** The option of a name with its dashes. */
  static Optional<StartOption> named(String name) {
    for (StartOption option : values()) {
      if (option.names.contains(name)) {
        return Optional.of(option);
      }
    }
    return Optional.empty();
  }
}
