package dev.partita.engine.scrub;

import dev.partita.base.Scheduler;
import java.util.ArrayDeque;
import java.util.PriorityQueue;

/** Runs steps when the test says so, in its own time. */
final class StepScheduler implements Scheduler {
  private final ArrayDeque<Runnable> due = new ArrayDeque<>();
  private final PriorityQueue<Delayed> delayed = new PriorityQueue<>();
  private long millis;
  private long count;

  private record Delayed(long millis, long number, Runnable step) implements Comparable<Delayed> {
    @Override
    public int compareTo(Delayed other) {
      return millis == other.millis
          ? Long.compare(number, other.number)
          : Long.compare(millis, other.millis);
    }
  }

  @Override
  public void execute(Runnable step) {
    due.add(step);
  }

  @Override
  public void schedule(Runnable step, long delayMillis) {
    delayed.add(new Delayed(millis + delayMillis, count++, step));
  }

  /** Runs one step that is due; false if there is none. */
  boolean runOne() {
    Runnable step = due.poll();
    if (step == null) {
      return false;
    }
    step.run();
    return true;
  }

  /** Runs all that is due now or within {@code more} milliseconds. */
  void run(long more) {
    long end = millis + more;
    while (true) {
      while (runOne()) {}
      Delayed next = delayed.peek();
      if (next == null || next.millis > end) {
        millis = end;
        return;
      }
      delayed.remove();
      millis = next.millis;
      due.add(next.step);
    }
  }
}
