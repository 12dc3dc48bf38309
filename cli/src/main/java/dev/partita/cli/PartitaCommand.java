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
    // The other subcommands are not even looked at when a server starts: it starts faster.
    boolean start = words.getFirst().equals("start");
    CommandLine commandLine = start ? startLine() : wholeLine();
    String[] rest = (start ? words.subList(1, words.size()) : words).toArray(String[]::new);
    return commandLine
        .setPosixClusteredShortOptionsAllowed(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(out)
        .setErr(err)
        .execute(rest);
  }

  private static boolean isOwn(String word) {
    return OWN_OPTIONS.contains(word);
  }

  private CommandLine startLine() {
    CommandLine line = new CommandLine(new StartCommand(starter, environment, stopSignal));
    line.setCommandName("partita start");
    return line;
  }

  private CommandLine wholeLine() {
    return new CommandLine(this)
        .addSubcommand(new StartCommand(starter, environment, stopSignal))
        .addSubcommand(new BenchCommand(environment))
        .addSubcommand(new TrainingCommand(starter));
  }
}
