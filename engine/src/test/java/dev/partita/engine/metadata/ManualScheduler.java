package dev.partita.engine.metadata;

import dev.partita.base.Scheduler;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Runs steps when a test says so, in the order of a time of its own. */
final class ManualScheduler implements Scheduler {
  private record Task(long time, long number, Runnable step) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::number));
  private long time;
  private long tasksMade;

  @Override
  public synchronized void execute(Runnable step) {
    schedule(step, 0);
  }

  @Override
  public synchronized void schedule(Runnable step, long delayMillis) {
    tasks.add(new Task(time + delayMillis, tasksMade++, step));
  }

  /** Runs all steps that are due within {@code millis}. */
  void run(long millis) {
    long until = now() + millis;
    for (Runnable step = next(until); step != null; step = next(until)) {
      step.run();
    }
  }

  /** Runs the next {@code count} steps, whenever they are due. */
  void runSteps(int count) {
    for (int number = 0; number < count; number++) {
      Runnable step = next(Long.MAX_VALUE);
      if (step != null) {
        step.run();
      }
    }
  }

  private synchronized long now() {
    return time;
  }

  private synchronized @Nullable Runnable next(long until) {
    Task task = tasks.peek();
    if (task == null || task.time > until) {
      time = until == Long.MAX_VALUE ? time : until;
      return null;
    }
    tasks.remove();
    time = Math.max(time, task.time);
    return task.step;
  }
}
