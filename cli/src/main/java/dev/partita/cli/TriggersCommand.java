package dev.partita.cli;

import dev.partita.triggers.CommandTarget;
import dev.partita.triggers.EventName;
import dev.partita.triggers.HttpTarget;
import dev.partita.triggers.TriggerConsumer;
import dev.partita.triggers.TriggerException;
import dev.partita.triggers.TriggerHandler;
import dev.partita.triggers.TriggerSettings;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code partita triggers}: delivers the changes of a table until it is told to stop. */
@Command(
    name = "triggers",
    description =
        "Delivers the records of a stream in batches, as AWS Lambda does: to a URL, or to a command"
            + " that is started for each batch.",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Example: partita triggers --table Orders python3 handler.py",
      "",
      "Each record is delivered at least once, the records of an item in order.",
      "Requests are signed if AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are set and",
      "--unsigned is not given.",
      "Exit code: 0 after SIGTERM or Ctrl-C and at the end of a disabled stream, 1 for",
      "a failure, 2 for wrong options."
    })
final class TriggersCommand implements Callable<Integer> {

  /** Which stream. */
  static final class StreamOptions {
    @Option(
        names = "--table",
        paramLabel = "NAME",
        description = "The newest stream of this table.")
    @Nullable String table;

    @Option(names = "--stream", paramLabel = "ARN", description = "This stream.")
    @Nullable String stream;

    /** The table's name, also where an ARN is given. */
    String table() {
      String given = String.valueOf(stream == null ? table : stream);
      return given.replaceFirst("^arn:.*:table/", "").replaceFirst("/.*", "");
    }

    TriggerSettings.StreamName read() {
      String arn = stream;
      return arn == null
          ? new TriggerSettings.StreamName.OfTable(String.valueOf(table))
          : new TriggerSettings.StreamName.Arn(arn);
    }
  }

  /** How records become batches. */
  static final class BatchOptions {
    @Option(
        names = "--start",
        paramLabel = "WHERE",
        description = "TRIM_HORIZON or LATEST, where the checkpoint knows nothing yet.")
    TriggerSettings.Start start = TriggerSettings.Start.TRIM_HORIZON;

    @Option(names = "--batch-size", paramLabel = "N", description = "Records, 1 to 10000.")
    int batchSize = 100;

    @Option(
        names = "--batch-window",
        paramLabel = "SECONDS",
        description = "How long a batch waits to be full, 0 to 300.")
    double windowSeconds = 0;

    @Option(
        names = "--event",
        paramLabel = "NAME",
        split = ",",
        description = "Only INSERT, MODIFY, REMOVE or several; all if not given.")
    @Nullable Set<EventName> events;

    @Option(
        names = "--poll-interval",
        paramLabel = "SECONDS",
        description = "Between two requests to a shard that has nothing new.")
    double pollSeconds = 0.25;

    TriggerSettings.Batching read() {
      Set<EventName> wanted = events;
      return new TriggerSettings.Batching(
          batchSize,
          seconds(windowSeconds),
          wanted == null ? EnumSet.allOf(EventName.class) : wanted);
    }
  }

  /** What happens to a batch that cannot be delivered. */
  static final class FailureOptions {
    @Option(
        names = "--retries",
        paramLabel = "N",
        description = "After the first attempt; -1 for ever.")
    int retries = -1;

    @Option(
        names = "--max-record-age",
        paramLabel = "SECONDS",
        description = "Older records are given up; -1 for none.")
    double ageSeconds = -1;

    @Option(names = "--bisect-on-error", description = "Cut a batch that fails in two.")
    boolean bisect;

    @Option(
        names = "--report-batch-item-failures",
        description =
            "The answer or standard output says which records failed:"
                + " {\"batchItemFailures\":[{\"itemIdentifier\":\"SEQUENCE NUMBER\"}]}")
    boolean reportsItemFailures;

    @Option(names = "--delivery-timeout", paramLabel = "SECONDS", description = "Of one attempt.")
    double timeoutSeconds = 60;

    @Option(
        names = "--dead-letter-file",
        paramLabel = "FILE",
        description = "What is given up is written here, a line of JSON for each batch.")
    @Nullable Path deadLetters;

    TriggerSettings.Failures read() {
      return new TriggerSettings.Failures(
          retries == -1 ? OptionalInt.empty() : OptionalInt.of(retries),
          ageSeconds == -1 ? Optional.empty() : Optional.of(seconds(ageSeconds)),
          bisect,
          seconds(timeoutSeconds),
          Optional.ofNullable(deadLetters));
    }
  }

  private final Map<String, String> environment;
  private final StopSignal stopSignal;

  @Spec private @Nullable CommandSpec spec;

  @ArgGroup(exclusive = true, multiplicity = "1")
  private StreamOptions stream = new StreamOptions();

  @Option(names = "--url", paramLabel = "URL", description = "Batches are posted here.")
  private @Nullable URI url;

  @Option(
      names = "--header",
      paramLabel = "NAME: VALUE",
      showDefaultValue = Help.Visibility.NEVER,
      description = "Sent with every batch that is posted; may be repeated.")
  private List<String> headers = List.of();

  @Parameters(
      paramLabel = "COMMAND",
      arity = "0..*",
      showDefaultValue = Help.Visibility.NEVER,
      description = "A program and its arguments; no shell is involved.")
  private List<String> command = List.of();

  @Option(names = "--endpoint", paramLabel = "URL", description = "http:// or https://")
  private URI endpoint = URI.create("http://127.0.0.1:8000");

  @Option(
      names = "--region",
      paramLabel = "NAME",
      description = "Default: AWS_REGION or us-east-1.")
  private @Nullable String region;

  @Option(
      names = "--unsigned",
      description = "A fixed Authorization header, even with credentials.")
  private boolean unsigned;

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description =
          "How far each shard was delivered; of this consumer alone. Default:"
              + " partita-triggers-TABLE.checkpoint.")
  private @Nullable Path checkpoint;

  @Mixin private BatchOptions batch = new BatchOptions();

  @Mixin private FailureOptions failures = new FailureOptions();

  @Option(
      names = "--stop-timeout",
      paramLabel = "SECONDS",
      description = "How long a delivery under way may go on after SIGTERM.")
  private double stopSeconds = 10;

  TriggersCommand(Map<String, String> environment, StopSignal stopSignal) {
    this.environment = environment;
    this.stopSignal = stopSignal;
  }

  @Override
  public Integer call() throws InterruptedException {
    CommandSpec parsed = spec;
    if (parsed == null) {
      throw new IllegalStateException("not parsed");
    }
    PrintWriter err = parsed.commandLine().getErr();
    try {
      TriggerSettings settings = read();
      URI target = url;
      if ((target == null) == command.isEmpty()) {
        throw new IllegalArgumentException("give either --url or a command");
      }
      boolean reports = failures.reportsItemFailures;
      if (target == null) {
        return run(settings, new CommandTarget(command, reports, System.out, System.err), err);
      }
      Duration timeout = settings.failures().deliveryTimeout();
      try (HttpTarget http = new HttpTarget(target, headers(), reports, timeout)) {
        return run(settings, http, err);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(parsed.commandLine(), e.getMessage(), e);
    }
  }

  /** Returns when the stream has ended or the signal to stop was obeyed. */
  private int run(TriggerSettings settings, TriggerHandler handler, PrintWriter err)
      throws InterruptedException {
    TriggerConsumer consumer = new TriggerConsumer(settings, handler);
    stopSignal.onStop(consumer::stop);
    try {
      TriggerConsumer.End end = consumer.run();
      err.println("partita triggers: " + words(end) + ": " + consumer.progress());
      return 0;
    } catch (TriggerException e) {
      err.println("partita triggers: " + e.getMessage());
      return 1;
    }
  }

  private static String words(TriggerConsumer.End end) {
    return switch (end) {
      case STREAM_ENDED -> "the stream is disabled and was read to its end";
      case STOPPED -> "stopped";
    };
  }

  private TriggerSettings read() {
    String chosenRegion =
        Optional.ofNullable(region).orElse(environment.getOrDefault("AWS_REGION", "us-east-1"));
    return new TriggerSettings(
        new TriggerSettings.Source(
            endpoint, chosenRegion, credentials(), stream.read(), batch.start),
        checkpoint(),
        batch.read(),
        failures.read(),
        new TriggerSettings.Pace(
            seconds(batch.pollSeconds),
            TriggerSettings.Pace.DEFAULT.discoveryInterval(),
            seconds(stopSeconds)));
  }

  private Path checkpoint() {
    Path given = checkpoint;
    return given == null ? Path.of("partita-triggers-" + stream.table() + ".checkpoint") : given;
  }

  private Map<String, String> headers() {
    Map<String, String> read = new TreeMap<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException("not a header: " + header);
      }
      read.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return read;
  }

  private Optional<TriggerSettings.Credentials> credentials() {
    String id = environment.getOrDefault("AWS_ACCESS_KEY_ID", "");
    String secret = environment.getOrDefault("AWS_SECRET_ACCESS_KEY", "");
    if (unsigned || id.isEmpty() || secret.isEmpty()) {
      return Optional.empty();
    }
    String token = environment.getOrDefault("AWS_SESSION_TOKEN", "");
    return Optional.of(
        new TriggerSettings.Credentials(
            id, secret, token.isEmpty() ? Optional.empty() : Optional.of(token)));
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
