package dev.partita.bench.ceiling;

import dev.partita.base.Clock;
import dev.partita.bench.Benchmark;
import dev.partita.bench.BenchmarkReport;
import dev.partita.bench.BenchmarkSettings;
import dev.partita.bench.Operation;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures an endpoint and the bare server in turns, so that the noise of a shared machine hits
 * both: a warm-up of each, then endpoint, bare server, endpoint, bare server ...
 */
public final class CeilingComparison {
  private static final Duration SETTLE = Duration.ofMillis(500);

  private final BenchmarkSettings settings;
  private final int rounds;
  private final Path directory;
  private final Clock clock;
  private final PrintStream progress;

  /**
   * Prepares a comparison.
   *
   * @param settings of the endpoint; only put and get; the duration is that of each round
   * @param rounds of each side, 1 to 100
   * @param directory for the bare server's data: on the endpoint's disk, not yet there; removed
   */
  public CeilingComparison(
      BenchmarkSettings settings, int rounds, Path directory, Clock clock, PrintStream progress) {
    for (Operation operation : settings.workload().mix().weights().keySet()) {
      if (operation != Operation.PUT && operation != Operation.GET) {
        throw new IllegalArgumentException("the bare server knows only put and get");
      }
    }
    if (rounds < 1 || rounds > 100) {
      throw new IllegalArgumentException("the rounds are 1 to 100");
    }
    this.settings = settings;
    this.rounds = rounds;
    this.directory = directory;
    this.clock = clock;
    this.progress = progress;
  }

  /** Runs all rounds. */
  public CeilingReport run() throws IOException, InterruptedException {
    try (CeilingProcess bare = new CeilingProcess(directory)) {
      Benchmark product = new Benchmark(settings, clock, progress);
      Benchmark ceiling = new Benchmark(settings.at(bare.endpoint()), clock, progress);
      progress.println("endpoint: warming up");
      product.prepare();
      product.measure(Duration.ZERO, warmUp());
      progress.println("bare server: warming up");
      ceiling.prepare();
      ceiling.measure(Duration.ZERO, warmUp());
      List<CeilingReport.Round> measured = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        progress.println("round " + round + ": endpoint");
        BenchmarkReport ofProduct = product.measure(SETTLE, settings.pace().duration());
        progress.println("round " + round + ": bare server");
        BenchmarkReport ofCeiling = ceiling.measure(SETTLE, settings.pace().duration());
        measured.add(new CeilingReport.Round(ofProduct, ofCeiling));
      }
      return new CeilingReport(measured);
    }
  }

  private Duration warmUp() {
    Duration least = Duration.ofMillis(100);
    return settings.pace().warmUp().compareTo(least) < 0 ? least : settings.pace().warmUp();
  }
}
