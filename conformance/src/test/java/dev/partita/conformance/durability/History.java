package dev.partita.conformance.durability;

import java.util.ArrayList;
import java.util.List;

/**
 * The states that one thing, such as an item, was asked to take, one after another: nobody else
 * changes it. Written by one thread, read when that has ended.
 *
 * <p>Moments are lengths of the journal of what the server did to its files.
 */
final class History<T> {
  private static final long NEVER = Long.MAX_VALUE;

  private record Step<T>(T state, long askedAt, long acknowledgedAt) {}

  private final List<Step<T>> steps = new ArrayList<>();

  History(T first) {
    steps.add(new Step<>(first, 0, 0));
  }

  /** The thing is about to be asked to take {@code state}. */
  void ask(T state, long now) {
    steps.add(new Step<>(state, now, NEVER));
  }

  /** What was asked for last is acknowledged. */
  void acknowledge(long now) {
    Step<T> last = steps.removeLast();
    steps.add(new Step<>(last.state, last.askedAt, now));
  }

  /** The state asked for last. */
  T last() {
    return steps.getLast().state;
  }

  /**
   * The states that the thing may have if power is lost at {@code moment}: the last one that was
   * acknowledged, then those that had been asked for.
   */
  List<T> possibleAt(long moment) {
    List<T> possible = new ArrayList<>();
    for (Step<T> step : steps) {
      if (step.acknowledgedAt <= moment) {
        possible.clear();
        possible.add(step.state);
      } else if (step.askedAt < moment) {
        possible.add(step.state);
      }
    }
    return possible;
  }

  /** Whether the thing was ever asked to take {@code state}. */
  boolean had(T state) {
    return steps.stream().anyMatch(step -> step.state.equals(state));
  }

  /** The moments at which something was acknowledged, but for the first state. */
  List<Long> acknowledgements() {
    return steps.stream()
        .skip(1)
        .map(Step::acknowledgedAt)
        .filter(moment -> moment != NEVER)
        .toList();
  }
}
