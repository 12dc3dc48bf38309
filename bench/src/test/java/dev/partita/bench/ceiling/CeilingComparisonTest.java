package dev.partita.bench.ceiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.bench.BenchmarkSettings;
import dev.partita.bench.KeyDistribution;
import dev.partita.bench.OperationMix;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CeilingComparisonTest {
  private static final PrintStream NOWHERE =
      new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);

  @TempDir Path directory;

  private static BenchmarkSettings settings(URI endpoint, String mix) {
    return new BenchmarkSettings(
        new BenchmarkSettings.Target(endpoint, "us-east-1", Optional.empty(), "bench"),
        new BenchmarkSettings.Workload(
            OperationMix.parse(mix), 200, 100, KeyDistribution.ZIPFIAN, 20, false, 1),
        new BenchmarkSettings.Pace(
            Optional.empty(), 8, 1, Duration.ZERO, Duration.ofMillis(150), Duration.ofSeconds(5)),
        BenchmarkSettings.Filling.AUTO,
        0);
  }

  /** A bare server measured against another one: both answer everything. */
  @Test
  void measuresBothSidesInTurns() throws Exception {
    Path data = directory.resolve("bare");
    try (CeilingServer endpoint = new CeilingServer(directory.resolve("endpoint"))) {
      URI uri = URI.create("http://127.0.0.1:" + endpoint.port());
      CeilingReport report =
          new CeilingComparison(settings(uri, "put=1,get=1"), 2, data, Clock.SYSTEM, NOWHERE).run();
      assertEquals(2, report.rounds().size());
      assertTrue(report.withinErrorBound(), report.text());
      assertTrue(report.ratio() > 0, report.text());
      assertTrue(report.json().contains("\"medianRatio\""));
    }
    assertFalse(Files.exists(data), "the bare server's data is removed");
  }

  @Test
  void neverTouchesADirectoryThatExists() throws Exception {
    Path data = Files.createDirectory(directory.resolve("mine"));
    Files.writeString(data.resolve("file"), "x");
    BenchmarkSettings settings = settings(URI.create("http://127.0.0.1:1"), "put=1");
    CeilingComparison comparison = new CeilingComparison(settings, 1, data, Clock.SYSTEM, NOWHERE);
    assertThrows(IOException.class, comparison::run);
    assertTrue(Files.exists(data.resolve("file")));
  }

  @Test
  void refusesWhatTheBareServerCannotDo() {
    BenchmarkSettings settings = settings(URI.create("http://127.0.0.1:1"), "query=1");
    assertThrows(
        IllegalArgumentException.class,
        () -> new CeilingComparison(settings, 1, directory, Clock.SYSTEM, NOWHERE));
  }
}
