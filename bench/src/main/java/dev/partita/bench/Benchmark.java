package dev.partita.bench;

import dev.partita.base.Clock;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One benchmark: makes the table, fills it where needed, measures. */
public final class Benchmark {
  private final BenchmarkSettings settings;
  private final Clock clock;
  private final Progress progress;

  /**
   * Prepares a benchmark.
   *
   * @param progressOut gets a line each second
   */
  public Benchmark(BenchmarkSettings settings, Clock clock, PrintStream progressOut) {
    this.settings = settings;
    this.clock = clock;
    this.progress = new Progress(progressOut);
  }

  /**
   * Runs it.
   *
   * @throws IOException if the endpoint cannot be reached, refuses to make or describe the table,
   *     or does not hold the items that the workload needs
   */
  public BenchmarkReport run() throws IOException, InterruptedException {
    prepare();
    return measure(settings.pace().warmUp(), settings.pace().duration());
  }

  /** Makes the table and fills it where needed. */
  public void prepare() throws IOException, InterruptedException {
    try (ControlClient client = new ControlClient(settings.target())) {
      TableSetup setup = new TableSetup(settings, client, clock);
      if (setup.createIfMissing()) {
        progress.say("created table " + settings.target().table());
      }
      if (mustFill(setup)) {
        fill();
      }
      if (settings.workload().mix().needsItems()) {
        setup.checkItems();
      }
    }
  }

  private boolean mustFill(TableSetup setup) throws IOException, InterruptedException {
    return switch (settings.filling()) {
      case ALWAYS -> true;
      case NEVER -> false;
      case AUTO -> settings.workload().mix().needsItems() && !setup.isFilled();
    };
  }

  private void fill() throws IOException, InterruptedException {
    int threads = settings.pace().threads();
    List<FillRequests> shares =
        IntStream.range(0, threads)
            .mapToObj(i -> new FillRequests(settings.workload(), i, threads))
            .toList();
    try (LoadRun run = new LoadRun(settings, clock, progress)) {
      run.run("fill", shares::get, true, 0, LoadRun.UNTIL_DONE_NANOS);
    }
    for (FillRequests share : shares) {
      if (share.gaveUp().isPresent()) {
        throw new IOException("filling the table failed: " + share.gaveUp().get());
      }
    }
  }

  /**
   * Measures only: the table is as it should be.
   *
   * @param warmUp in place of the settings' own
   * @param duration in place of the settings' own
   */
  public BenchmarkReport measure(Duration warmUp, Duration duration)
      throws IOException, InterruptedException {
    long startedAtMillis = clock.wallMillis();
    SplittableRandom seeds = new SplittableRandom(settings.workload().seed());
    String label = settings.workload().mix().toString();
    try (LoadRun run = new LoadRun(settings, clock, progress)) {
      LoadRun.Outcome outcome =
          run.run(
              label,
              i -> new RandomRequests(settings.workload(), seeds.split()),
              false,
              warmUp.toNanos(),
              duration.toNanos());
      return BenchmarkReport.of(settings, startedAtMillis, outcome);
    }
  }
}
