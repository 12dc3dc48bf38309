package dev.partita.engine.fake;

import dev.partita.base.Scheduler;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;

/** Runs steps when the test lets time pass, on the thread of the test. */
public final class ManualScheduler implements Scheduler {
  private final SettableClock clock;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::due).thenComparingLong(Waiting::number));
  private long count;

  private record Waiting(long due, long number, Runnable step) {}

  /** Over a clock that it moves. */
  public ManualScheduler(SettableClock clock) {
    this.clock = clock;
  }

  @Override
  public void execute(Runnable step) {
    schedule(step, 0);
  }

  @Override
  public void schedule(Runnable step, long delayMillis) {
    waiting.add(new Waiting(clock.wallMillis() + delayMillis, count++, step));
  }

  /** Lets time pass, running what becomes due at its time. */
  public void advance(Duration by) {
    long end = clock.wallMillis() + by.toMillis();
    while (!waiting.isEmpty() && waiting.peek().due <= end) {
      Waiting next = waiting.remove();
      clock.advance(Duration.ofMillis(Math.max(0, next.due - clock.wallMillis())));
      next.step.run();
    }
    clock.advance(Duration.ofMillis(end - clock.wallMillis()));
  }
}
