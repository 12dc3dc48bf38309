package dev.partita.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code partita} program. */
@Command(
    name = "partita",
    description = "A self-hosted database that speaks the Amazon DynamoDB API.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = VersionFile.class,
    mixinStandardHelpOptions = true)
public final class PartitaCommand {
  private static final Set<String> OWN_OPTIONS = Set.of("--help", "--version", "-h", "-V", "help");

  private final NodeStarter starter;
  private final Map<String, String> environment;
  private final StopSignal stopSignal;

  PartitaCommand(NodeStarter starter, Map<String, String> environment, StopSignal stopSignal) {
    this.starter = starter;
    this.environment = environment;
    this.stopSignal = stopSignal;
  }

  /** The program. */
  public static void main(String[] arguments) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int exitCode =
        new PartitaCommand(RunningServer::start, System.getenv(), StopSignal.OF_PROCESS)
            .run(arguments, out, err);
    System.exit(exitCode);
  }

  /**
   * Runs a subcommand.
   *
   * @return the exit code
   */
  int run(String[] arguments, PrintWriter out, PrintWriter err) {
    List<String> words = new ArrayList<>(Arrays.asList(arguments));
    boolean meansStart =
        words.isEmpty() || (words.getFirst().startsWith("-") && !isOwn(words.getFirst()));
    if (meansStart) {
      words.addFirst("start");
    }
    if (words.getFirst().equals("start")) {
      return new StartCommand(starter, environment, stopSignal, out, err)
          .run(words.subList(1, words.size()));
    }
    return new CommandLine(this)
        .addSubcommand(StartUsage.spec())
        .addSubcommand(new BenchCommand(environment))
        .addSubcommand(new AdminCommand())
        .addSubcommand(
            // What follows the command's name is for the command.
            new CommandLine(new TriggersCommand(environment, stopSignal)).setStopAtPositional(true))
        .addSubcommand(new TrainingCommand(starter))
        .addSubcommand(new CommandLine.HelpCommand())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .execute(words.toArray(String[]::new));
  }

  private static boolean isOwn(String word) {
    return OWN_OPTIONS.contains(word);
  }
}
