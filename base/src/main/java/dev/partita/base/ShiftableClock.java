package dev.partita.base;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Another clock, moved. The service clock of a node is one: time to live, the ages of stream
 * records and of shard iterators follow it, so that a test need not wait a day. Group time does
 * not.
 *
 * <p>Wall times that were taken from the other clock, such as those in stored records, must be
 * translated by {@link #translate} before they are compared with this one: a record that is written
 * after the clock was moved by a day is new, not a day old. Thread-safe.
 */
public final class ShiftableClock implements Clock {
  /** Older movements count as if they had always been. */
  private static final int SHIFTS_MAX = 1_000;

  private final Clock clock;
  private volatile List<Shift> shifts = List.of(new Shift(Long.MIN_VALUE, 0));

  /**
   * A movement of the clock.
   *
   * @param from the wall time of the other clock when it happened
   * @param totalMillis how far the clock is ahead since then
   */
  private record Shift(long from, long totalMillis) {}

  /** Shows the time of {@code clock} until it is moved. */
  public ShiftableClock(Clock clock) {
    this.clock = clock;
  }

  /** Moves the clock, forwards or backwards, from now on. */
  public synchronized void shift(Duration by) {
    long total = Math.addExact(shifts.getLast().totalMillis, by.toMillis());
    List<Shift> kept = shifts;
    if (kept.size() == SHIFTS_MAX) {
      Shift oldest = new Shift(Long.MIN_VALUE, kept.get(1).totalMillis);
      kept = Stream.concat(Stream.of(oldest), kept.stream().skip(2)).toList();
    }
    shifts = Stream.concat(kept.stream(), Stream.of(new Shift(clock.wallMillis(), total))).toList();
  }

  @Override
  public long wallMillis() {
    return clock.wallMillis() + shifts.getLast().totalMillis;
  }

  @Override
  public long monotonicNanos() {
    return clock.monotonicNanos();
  }

  /**
   * What this clock showed when the other one showed {@code otherWallMillis}; in the millisecond of
   * a movement, before it.
   */
  public long translate(long otherWallMillis) {
    List<Shift> known = shifts;
    for (int index = known.size() - 1; index > 0; index--) {
      if (known.get(index).from < otherWallMillis) {
        return otherWallMillis + known.get(index).totalMillis;
      }
    }
    return otherWallMillis + known.getFirst().totalMillis;
  }

  /** How old something is, by this clock, that happened at {@code otherWallMillis} of the other. */
  public long ageMillis(long otherWallMillis) {
    return wallMillis() - translate(otherWallMillis);
  }
}
