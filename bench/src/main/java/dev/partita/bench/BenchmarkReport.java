package dev.partita.bench;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What a benchmark measured.
 *
 * @param settings what was asked
 * @param startedAtMillis wall time of the start, milliseconds since 1970
 * @param windowSeconds length of the measured window
 * @param completed successes whose answer came inside the window
 * @param succeeded successes that were due inside the window, whenever the answer came
 * @param failed failures that were due inside the window
 * @param unsent requests that were due and for which no connection was free until the window's end
 * @param latency from the due time to the whole answer (in a closed loop the due time is the time
 *     of sending), unsent requests with their age at the end
 * @param latencyByOperation the same for each operation, without the unsent
 * @param service from sending to the whole answer
 * @param errors failures by type
 * @param generatorCpuSeconds CPU that the generator's process took during the window
 */
public record BenchmarkReport(
    BenchmarkSettings settings,
    long startedAtMillis,
    double windowSeconds,
    long completed,
    long succeeded,
    long failed,
    long unsent,
    Latency latency,
    Map<Operation, Latency> latencyByOperation,
    Latency service,
    Map<String, Long> errors,
    double generatorCpuSeconds) {

  static BenchmarkReport of(
      BenchmarkSettings settings, long startedAtMillis, LoadRun.Outcome outcome) {
    Measurements measured = outcome.measurements();
    Map<Operation, Latency> byOperation = new EnumMap<>(Operation.class);
    measured
        .latency()
        .forEach((operation, histogram) -> byOperation.put(operation, Latency.of(histogram)));
    return new BenchmarkReport(
        settings,
        startedAtMillis,
        outcome.windowSeconds(),
        measured.completedInWindow(),
        measured.service().getTotalCount(),
        measured.failed(),
        measured.unsentCount(),
        Latency.of(measured.totalLatency()),
        byOperation,
        Latency.of(measured.service()),
        measured.errors(),
        outcome.generatorCpuSeconds());
  }

  /**
   * Latencies in nanoseconds; all 0 if nothing was measured.
   *
   * @param count measured requests
   */
  public record Latency(
      long count, double mean, long p50, long p90, long p99, long p999, long max) {

    static Latency of(Histogram histogram) {
      if (histogram.getTotalCount() == 0) {
        return new Latency(0, 0, 0, 0, 0, 0, 0);
      }
      return new Latency(
          histogram.getTotalCount(),
          histogram.getMean(),
          histogram.getValueAtPercentile(50),
          histogram.getValueAtPercentile(90),
          histogram.getValueAtPercentile(99),
          histogram.getValueAtPercentile(99.9),
          histogram.getMaxValue());
    }
  }

  /** Successes a second inside the window. */
  public double throughput() {
    return completed / windowSeconds;
  }

  /** The share of answered requests that failed, 0 to 1; 1 if nothing at all succeeded. */
  public double errorRatio() {
    long all = succeeded + failed;
    return all == 0 ? 1 : (double) failed / all;
  }

  /** Whether the error ratio is within the settings' bound. */
  public boolean withinErrorBound() {
    return succeeded > 0 && errorRatio() <= settings.maxErrorRatio();
  }

  /** CPU of the generator for each request, in microseconds. */
  public double generatorCpuMicrosPerRequest() {
    long all = completed + failed;
    return all == 0 ? 0 : generatorCpuSeconds * 1e6 / all;
  }
}
