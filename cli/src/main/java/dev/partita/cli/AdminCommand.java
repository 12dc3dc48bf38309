package dev.partita.cli;

import dev.partita.server.admin.AdminException;
import dev.partita.server.admin.AdminJson;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code partita admin}: asks and tells a server that runs; docs/admin.md and test-controls.md. */
@Command(
    name = "admin",
    description = "Asks and tells a server that runs.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "What changes how the server behaves needs one that was started with --test-controls.",
      "Exit code: 0, 1 if the command failed or check-index found differences, 2 for wrong options."
    })
final class AdminCommand {
  private static final String CONTROLS = "test-controls/";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Where the server listens. Default: http://127.0.0.1:8000.")
  private URI endpoint = URI.create("http://127.0.0.1:8000");

  /** Something to ask for. */
  @FunctionalInterface
  private interface Question {
    String ask(AdminClient client) throws IOException, InterruptedException;
  }

  private int ask(Question question) throws InterruptedException {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not parsed");
    }
    try {
      String answer = question.ask(new AdminClient(endpoint));
      command.commandLine().getOut().print(answer);
      command.commandLine().getOut().flush();
      return isInconsistent(answer) ? 1 : 0;
    } catch (IOException failed) {
      command.commandLine().getErr().println("partita admin: " + failed.getMessage());
      return 1;
    }
  }

  private static boolean isInconsistent(String answer) {
    try {
      byte[] json = answer.getBytes(StandardCharsets.UTF_8);
      return Boolean.FALSE.equals(AdminJson.read(json).get("Consistent"));
    } catch (AdminException isNoJson) {
      return false;
    }
  }

  private int control(String name, @Nullable String... namesAndValues) throws InterruptedException {
    return ask(client -> client.post(CONTROLS + name, parameters(namesAndValues)));
  }

  private static Map<String, String> parameters(@Nullable String... namesAndValues) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int place = 0; place < namesAndValues.length; place += 2) {
      String name = namesAndValues[place];
      String value = namesAndValues[place + 1];
      if (name != null && value != null) {
        parameters.put(name, value);
      }
    }
    return parameters;
  }

  @Command(name = "status", description = "How the server is: groups, tables, indexes, lag.")
  int status() throws InterruptedException {
    return ask(client -> client.get("status"));
  }

  @Command(name = "metrics", description = "Figures in the text format of Prometheus.")
  int metrics() throws InterruptedException {
    return ask(client -> client.get("metrics"));
  }

  @Command(
      name = "check-index",
      description = "Compares indexes, marks of expiry and counts with the items of the table.")
  int checkIndex(
      @Parameters(arity = "0..1", paramLabel = "TABLE", description = "Default: all tables.")
          @Nullable String table,
      @Parameters(arity = "0..1", paramLabel = "INDEX", description = "Default: all of the table.")
          @Nullable String index)
      throws InterruptedException {
    return ask(
        client -> client.post("check-index", parameters("TableName", table, "IndexName", index)));
  }

  @Command(name = "test-controls", description = "Which test controls are set.")
  int testControls() throws InterruptedException {
    return ask(client -> client.get("test-controls"));
  }

  @Command(name = "reset", description = "Takes back all test controls but the shift of the clock.")
  int reset() throws InterruptedException {
    return control("reset");
  }

  @Command(
      name = "shift-clock",
      description = "Moves the clock of time to live and streams forward.")
  int shiftClock(
      @Parameters(paramLabel = "TIME", description = "Such as 90s, 10m, 25h, 3d.") String by)
      throws InterruptedException {
    return control("shift-clock", "By", by);
  }

  @Command(name = "expire-now", description = "Deletes the expired items of a table at once.")
  int expireNow(@Parameters(paramLabel = "TABLE") String table) throws InterruptedException {
    return control("expire-now", "TableName", table);
  }

  @Command(name = "delay-indexes", description = "Lets the global indexes of a table lag.")
  int delayIndexes(
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = "TIME|hold|release", description = "Such as 500ms.") String delay)
      throws InterruptedException {
    return control("delay-indexes", "TableName", table, "Delay", delay);
  }

  @Command(
      name = "stale-reads",
      description = "Lets eventually consistent reads answer what was true a while ago.")
  int staleReads(@Parameters(paramLabel = "TIME|hold|off", description = "Such as 2s.") String lag)
      throws InterruptedException {
    return control("stale-reads", "Lag", lag);
  }

  @Command(name = "fail", description = "Lets the next requests to a table fail.")
  int fail(
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(
              paramLabel = "HOW",
              description =
                  "throttle, conflict (with a transaction), error-before or error-after (500, and"
                      + " nothing or everything done); error is error-before.")
          String error,
      @Option(names = "--count", paramLabel = "N", description = "How many. Default: 1; 0: none.")
          @Nullable String count,
      @Option(
              names = "--operation",
              paramLabel = "NAME",
              description = "Only of this operation, such as PutItem.")
          @Nullable String operation)
      throws InterruptedException {
    return control(
        "fail", "TableName", table, "Error", error, "Count", count, "Operation", operation);
  }

  @Command(name = "roll-shards", description = "Closes the shards of a table's stream.")
  int rollShards(@Parameters(paramLabel = "TABLE") String table) throws InterruptedException {
    return control("roll-shards", "TableName", table);
  }

  @Command(
      name = "hold-transactions",
      description = "Holds transactions on a table between prepare and decision.")
  int holdTransactions(@Parameters(paramLabel = "TABLE") String table) throws InterruptedException {
    return control("hold-transactions", "TableName", table);
  }

  @Command(name = "release-transactions", description = "Lets held transactions go on.")
  int releaseTransactions(@Parameters(paramLabel = "TABLE") String table)
      throws InterruptedException {
    return control("release-transactions", "TableName", table);
  }
}
