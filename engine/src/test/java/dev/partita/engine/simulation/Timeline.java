package dev.partita.engine.simulation;

import dev.partita.base.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and all steps that wait. Of the steps that are due the dice choose the next; when
 * none is, time jumps to the first that will be.
 */
final class Timeline implements Clock {
  /** 2026-01-01T00:00:00Z. */
  private static final long START_MILLIS = 1_767_225_600_000L;

  private static final int STEP_NANOS_MAX = 40_000;

  private final Dice dice;
  private final Trace trace;

  /** How often, of a hundred times, a step is chosen at random and not the first that was due. */
  private final int disorderPercent;

  private final PriorityQueue<Step> later =
      new PriorityQueue<>(Comparator.comparingLong(Step::due).thenComparingLong(Step::number));
  private final List<Step> due = new ArrayList<>();
  private long nanos;
  private long stepsMade;

  private record Step(long due, long number, Life life, String name, Runnable run) {}

  Timeline(Dice dice, Trace trace, int disorderPercent) {
    this.dice = dice;
    this.trace = trace;
    this.disorderPercent = disorderPercent;
  }

  @Override
  public synchronized long wallMillis() {
    return START_MILLIS + nanos / 1_000_000;
  }

  @Override
  public synchronized long monotonicNanos() {
    return nanos;
  }

  /** Has {@code run} run once, {@code delayNanos} from now or later, unless {@code life} ends. */
  synchronized void add(Life life, String name, long delayNanos, Runnable run) {
    later.add(new Step(nanos + delayNanos, stepsMade++, life, name, run));
  }

  /** Runs the next step; false if none waits. */
  boolean runNext() {
    Step step = take();
    if (step == null) {
      return false;
    }
    trace.add(nanos, step.name);
    step.run.run();
    return true;
  }

  private synchronized @Nullable Step take() {
    while (true) {
      while (!later.isEmpty() && later.element().due <= nanos) {
        due.add(later.remove());
      }
      if (due.isEmpty()) {
        if (later.isEmpty()) {
          return null;
        }
        nanos = later.element().due;
        continue;
      }
      int place = dice.percent(disorderPercent) ? dice.below(due.size()) : 0;
      Step step = due.remove(place);
      if (!step.life.isOver()) {
        nanos += 1 + dice.below(STEP_NANOS_MAX);
        return step;
      }
    }
  }
}
