package dev.partita.bench;

import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;

/**
 * What one event loop measured, in nanoseconds. Written by the loop; read by others only after the
 * loop has finished, except {@link #recent}.
 */
final class Measurements {
  private static final long NANOS_MAX = 3_600_000_000_000L;
  private static final int DIGITS = 3;

  private final Map<Operation, Histogram> latency = new EnumMap<>(Operation.class);
  private final Histogram service = newHistogram();
  private final Map<String, Long> errors = new HashMap<>();
  private final SingleWriterRecorder recent = new SingleWriterRecorder(1, NANOS_MAX, DIGITS);
  private long completedInWindow;
  private long failed;
  private final Histogram unsent = newHistogram();

  static Histogram newHistogram() {
    return new Histogram(1, NANOS_MAX, DIGITS);
  }

  /** Every success, whether measured or not, for the progress line. Safe to read at any time. */
  SingleWriterRecorder recent() {
    return recent;
  }

  /** A success outside the measured window. */
  void sawSuccess(long latencyNanos) {
    recent.recordValue(clamp(latencyNanos));
  }

  /** A success that was due inside the measured window. */
  void success(Operation operation, long latencyNanos, long serviceNanos, boolean inWindow) {
    Histogram histogram = latency.get(operation);
    if (histogram == null) {
      histogram = newHistogram();
      latency.put(operation, histogram);
    }
    histogram.recordValue(clamp(latencyNanos));
    service.recordValue(clamp(serviceNanos));
    recent.recordValue(clamp(latencyNanos));
    completedInWindow += inWindow ? 1 : 0;
  }

  /** A failure that was due inside the measured window. */
  void failure(String error) {
    failed++;
    errors.merge(error, 1L, Long::sum);
  }

  /**
   * A request that was due inside the window and for which no connection was free until its end.
   *
   * @param ageNanos from the due time to the end, the least that its latency would have been
   */
  void unsent(long ageNanos) {
    unsent.recordValue(clamp(ageNanos));
  }

  /** Adds another loop's measurements. */
  void add(Measurements other) {
    other.latency.forEach((operation, histogram) ->
        latency.computeIfAbsent(operation, key -> newHistogram()).add(histogram));
    service.add(other.service);
    other.errors.forEach((error, count) -> errors.merge(error, count, Long::sum));
    completedInWindow += other.completedInWindow;
    failed += other.failed;
    unsent.add(other.unsent);
  }

  /** Latency from the due time over all operations, the ages of unsent requests included. */
  Histogram totalLatency() {
    Histogram total = unsent.copy();
    latency.values().forEach(total::add);
    return total;
  }

  /** Latency from the due time, by operation. */
  Map<Operation, Histogram> latency() {
    return Collections.unmodifiableMap(latency);
  }

  /** Time from sending to the whole answer, over all operations. */
  Histogram service() {
    return service;
  }

  /** Failures by error type, in the order of the names. */
  Map<String, Long> errors() {
    return new TreeMap<>(errors);
  }

  /** Successes whose answer came inside the window. */
  long completedInWindow() {
    return completedInWindow;
  }

  /** All failures. */
  long failed() {
    return failed;
  }

  /** Requests due and never sent. */
  long unsentCount() {
    return unsent.getTotalCount();
  }

  private static long clamp(long nanos) {
    return Math.clamp(nanos, 1, NANOS_MAX);
  }
}
