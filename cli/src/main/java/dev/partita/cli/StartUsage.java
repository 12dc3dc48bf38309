package dev.partita.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What picocli has to know of {@code partita start} to print its help. */
final class StartUsage {
  private StartUsage() {}

  static CommandSpec spec() {
    CommandSpec spec = CommandSpec.create().name("start");
    spec.usageMessage()
        .description("Starts a server. Without a subcommand this one is meant.")
        .sortOptions(false)
        .footer(
            "",
            "Each option can also be set by an environment variable (PARTITA_PORT,",
            "PARTITA_IN_MEMORY ...) or by a key of the file (port, in-memory ...). Options win",
            "over the environment, that over the file.",
            "",
            "The flags of DynamoDB Local are understood too: -port, -inMemory, -dbPath, -sharedDb,",
            "-cors, -delayTransientStatuses (5 s), -optimizeDbBeforeStartup, -disableTelemetry,",
            "-help.",
            "",
            "Exit code: 0 after SIGTERM or Ctrl-C, 1 if the server cannot start, 2 for wrong",
            "options.");
    for (StartOption option : StartOption.values()) {
      boolean help = option == StartOption.HELP;
      OptionSpec.Builder builder =
          OptionSpec.builder(option.names().toArray(String[]::new))
              .description(option.description())
              .hidden(option.description().isEmpty())
              .usageHelp(help);
      if (option.takesValue()) {
        builder.type(String.class).paramLabel(option.valueLabel());
      } else {
        builder.type(boolean.class);
      }
      spec.addOption(builder.build());
    }
    return spec;
  }
}
