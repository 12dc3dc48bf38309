package dev.partita.cli;

import dev.partita.base.Clock;
import dev.partita.bench.Benchmark;
import dev.partita.bench.BenchmarkReport;
import dev.partita.bench.BenchmarkSettings;
import dev.partita.bench.JsonReport;
import dev.partita.bench.KeyDistribution;
import dev.partita.bench.OperationMix;
import dev.partita.bench.TextReport;
import dev.partita.bench.ceiling.CeilingComparison;
import dev.partita.bench.ceiling.CeilingReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code partita bench}: measures an endpoint. */
@Command(
    name = "bench",
    description = "Measures any endpoint that speaks the DynamoDB API.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Requests are signed if AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set and --unsigned",
      "is not given. Progress goes to stderr, the report to stdout.",
      "Exit code: 0, 1 if the run failed or errors exceed --max-error-ratio, 2 for wrong options."
    })
final class BenchCommand implements Callable<Integer> {

  /** What picocli reads for the workload. */
  static final class WorkloadOptions {
    @Option(
        names = "--operation",
        paramLabel = "OP",
        description = "put, get, query, update, mixed, or weights such as get=80,put=20.")
    String operation = "put";

    @Option(names = "--mix", paramLabel = "WEIGHTS", description = "What mixed means.")
    String mix = "get=50,put=50";

    @Option(names = "--item-size", paramLabel = "BYTES", description = "Size of an item.")
    int itemBytes = 200;

    @Option(names = "--keys", paramLabel = "N", description = "Number of different items.")
    long keyCount = 100_000;

    @Option(names = "--distribution", paramLabel = "D", description = "uniform or zipfian (0.99).")
    KeyDistribution distribution = KeyDistribution.UNIFORM;

    @Option(names = "--query-items", paramLabel = "N", description = "Items in a query's answer.")
    int itemsPerQuery = 20;

    @Option(names = "--consistent-read", description = "Strongly consistent GetItem and Query.")
    boolean consistentRead;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same requests.")
    long seed = 1;

    BenchmarkSettings.Workload read() {
      OperationMix operations =
          OperationMix.parse(
              operation.equalsIgnoreCase("mixed")
                  ? mix
                  : operation.indexOf('=') < 0 ? operation + "=1" : operation);
      return new BenchmarkSettings.Workload(
          operations, itemBytes, keyCount, distribution, itemsPerQuery, consistentRead, seed);
    }
  }

  /** What picocli reads for the pace. */
  static final class PaceOptions {
    @Option(
        names = "--rate",
        paramLabel = "N|max",
        description =
            "Requests a second, due at even distances (open loop; latency counts from the due"
                + " time), or max: every connection always busy (closed loop).")
    String rate = "max";

    @Option(names = "--connections", paramLabel = "N", description = "TCP connections.")
    int connections = 64;

    @Option(names = "--threads", paramLabel = "N", description = "Event loops of the generator.")
    int threads = 1;

    @Option(names = "--warm-up", paramLabel = "SECONDS", description = "Not measured.")
    double warmUpSeconds = 5;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Measured.")
    double durationSeconds = 20;

    @Option(names = "--timeout", paramLabel = "SECONDS", description = "Of one request.")
    double timeoutSeconds = 10;

    BenchmarkSettings.Pace read() {
      return new BenchmarkSettings.Pace(
          rate.equalsIgnoreCase("max") ? Optional.empty() : Optional.of(number(rate)),
          connections,
          threads,
          seconds(warmUpSeconds),
          seconds(durationSeconds),
          seconds(timeoutSeconds));
    }

    private static double number(String rate) {
      try {
        return Double.parseDouble(rate);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("--rate is a number or max, not '" + rate + "'", e);
      }
    }

    private static Duration seconds(double seconds) {
      return Duration.ofMillis(Math.round(seconds * 1000));
    }
  }

  private final Map<String, String> environment;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--endpoint", paramLabel = "URL", description = "http:// or https://")
  private URI endpoint = URI.create("http://127.0.0.1:8000");

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Default: AWS_REGION or us-east-1.")
  private @Nullable String region;

  @Option(names = "--table", paramLabel = "NAME", description = "Created if missing.")
  private String table = "bench";

  @Mixin private WorkloadOptions workload = new WorkloadOptions();

  @Mixin private PaceOptions pace = new PaceOptions();

  @Option(
      names = "--fill",
      paramLabel = "WHEN",
      fallbackValue = "always",
      arity = "0..1",
      description = "Fill the table first: auto (if items are missing), always, never.")
  private BenchmarkSettings.Filling filling = BenchmarkSettings.Filling.AUTO;

  @Option(
      names = "--unsigned",
      description = "A fixed Authorization header, even with credentials.")
  private boolean unsigned;

  @Option(names = "--max-error-ratio", paramLabel = "R", description = "0 to 1.")
  private double maxErrorRatio = 0.001;

  @Option(names = "--json", description = "JSON on stdout in place of text.")
  private boolean json;

  @Option(names = "--json-file", paramLabel = "FILE", description = "JSON into a file as well.")
  private @Nullable Path jsonFile;

  @Option(
      names = "--ceiling",
      description =
          "Also runs a bare server (HTTP, JSON, RocksDB with fsync, nothing else) beside the"
              + " endpoint and reports the endpoint's share of its throughput.")
  private boolean ceiling;

  @Option(names = "--ceiling-rounds", paramLabel = "N", description = "Rounds of each.")
  private int ceilingRounds = 5;

  @Option(
      names = "--ceiling-data",
      paramLabel = "DIR",
      description = "Where the bare server writes, removed afterwards; use the endpoint's disk.")
  private Path ceilingData = Path.of("partita-ceiling");

  BenchCommand(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not parsed");
    }
    BenchmarkSettings settings;
    try {
      settings = read();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
    PrintWriter out = command.commandLine().getOut();
    try {
      return ceiling ? compare(settings, out) : measure(settings, out);
    } catch (IOException e) {
      command.commandLine().getErr().println("partita bench: " + e.getMessage());
      return 1;
    }
  }

  private int measure(BenchmarkSettings settings, PrintWriter out)
      throws IOException, InterruptedException {
    BenchmarkReport report = new Benchmark(settings, Clock.SYSTEM, System.err).run();
    String asJson = JsonReport.render(report);
    print(out, json ? asJson : TextReport.render(report), asJson);
    return report.withinErrorBound() ? 0 : 1;
  }

  private int compare(BenchmarkSettings settings, PrintWriter out)
      throws IOException, InterruptedException {
    CeilingComparison comparison =
        new CeilingComparison(settings, ceilingRounds, ceilingData, Clock.SYSTEM, System.err);
    CeilingReport report = comparison.run();
    String asJson = report.json();
    print(out, json ? asJson : report.text(), asJson);
    return report.withinErrorBound() ? 0 : 1;
  }

  private void print(PrintWriter out, String text, String asJson) throws IOException {
    out.print(text);
    out.flush();
    if (jsonFile != null) {
      Files.writeString(jsonFile, asJson);
    }
  }

  private BenchmarkSettings read() {
    String chosenRegion =
        region != null ? region : environment.getOrDefault("AWS_REGION", "us-east-1");
    BenchmarkSettings.Target target =
        new BenchmarkSettings.Target(endpoint, chosenRegion, credentials(), table);
    return new BenchmarkSettings(target, workload.read(), pace.read(), filling, maxErrorRatio);
  }

  private Optional<BenchmarkSettings.Credentials> credentials() {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (unsigned || id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return Optional.of(
        new BenchmarkSettings.Credentials(
            id, secret, token.isEmpty() ? Optional.empty() : Optional.of(token)));
  }
}
