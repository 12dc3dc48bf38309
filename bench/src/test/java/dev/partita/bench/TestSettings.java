package dev.partita.bench;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Small settings for tests. */
final class TestSettings {
  private TestSettings() {}

  static BenchmarkSettings at(String endpoint, String mix) {
    return at(endpoint, mix, Optional.empty(), 4, Duration.ofMillis(300));
  }

  static BenchmarkSettings at(
      String endpoint, String mix, Optional<Double> rate, int connections, Duration duration) {
    return new BenchmarkSettings(
        new BenchmarkSettings.Target(URI.create(endpoint), "us-east-1", Optional.empty(), "bench"),
        new BenchmarkSettings.Workload(
            OperationMix.parse(mix), 200, 300, KeyDistribution.UNIFORM, 20, false, 1),
        new BenchmarkSettings.Pace(
            rate, connections, 1, Duration.ofMillis(50), duration, Duration.ofMillis(800)),
        BenchmarkSettings.Filling.NEVER,
        0.001);
  }
}
