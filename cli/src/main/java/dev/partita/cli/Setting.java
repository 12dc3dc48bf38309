package dev.partita.cli;

import java.util.Locale;

/** What can be configured, by option, environment variable or file. */
enum Setting {
  HOST("127.0.0.1"),
  PORT("8000"),
  DATA("partita-data"),
  IN_MEMORY("false"),
  DURABILITY("sync"),
  REGION("us-east-1"),
  REPLICATION_GROUPS("auto"),
  TIME_TO_LIVE_INTERVAL("3600"),
  TEST_CONTROLS("false");

  private final String defaultValue;

  Setting(String defaultValue) {
    this.defaultValue = defaultValue;
  }

  String defaultValue() {
    return defaultValue;
  }

  /** The name in a file: {@code in-memory}. */
  String fileKey() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name as an option: {@code --in-memory}. */
  String option() {
    return "--" + fileKey();
  }

  /** The name in the environment: {@code PARTITA_IN_MEMORY}. */
  String environmentVariable() {
    return "PARTITA_" + name();
  }
}
