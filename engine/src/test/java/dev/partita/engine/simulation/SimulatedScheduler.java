package dev.partita.engine.simulation;

import dev.partita.base.Scheduler;
import dev.partita.engine.router.ReadPool;
import java.util.concurrent.Executor;

/** Runs steps of one life of a node: in place of the threads of side flows, writers and reads. */
final class SimulatedScheduler implements Scheduler, Executor, ReadPool {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Timeline timeline;
  private final Life life;
  private final String name;
  private boolean immediate;

  SimulatedScheduler(Timeline timeline, Life life, String name) {
    this.timeline = timeline;
    this.life = life;
    this.name = name;
  }

  /**
   * Whether steps run at once on the caller's thread: while the control plane, which waits for
   * groups, works on a thread of its own and nothing else does.
   */
  void setImmediate(boolean immediate) {
    this.immediate = immediate;
  }

  @Override
  public void execute(Runnable step) {
    if (immediate) {
      step.run();
    } else {
      timeline.add(life, name, 0, step);
    }
  }

  @Override
  public void schedule(Runnable step, long delayMillis) {
    timeline.add(life, name, delayMillis * NANOS_PER_MILLI, step);
  }

  @Override
  public boolean tryExecute(Runnable read) {
    execute(read);
    return true;
  }
}
