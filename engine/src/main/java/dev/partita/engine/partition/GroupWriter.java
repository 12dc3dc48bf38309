package dev.partita.engine.partition;

import dev.partita.base.Clock;
import dev.partita.base.HybridLogicalClock;
import dev.partita.base.RandomSource;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.BatchId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import dev.partita.storage.KeyValueStore;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a group, as steps that run one after another on {@code executor}: take what
 * waits, evaluate it, append one entry, answer, again. While an entry is being made durable the
 * next batch gathers in the queue; that is the group commit.
 *
 * <p>When the outcome of an entry is unknown it evaluates nothing more: the group's state in memory
 * lacks the entry, and the store may hold it, now or later. The next start, which reads both anew,
 * ends that.
 */
final class GroupWriter {
  private static final Logger LOGGER = LoggerFactory.getLogger(GroupWriter.class);
  private static final int BATCH_COMMANDS_MAX = 1024;
  private static final int WRITE_SET_BYTES_MAX = 4 << 20;
  private static final long GROUP_EPOCH = 1;
  private static final Outcome UNSETTLED =
      new Outcome.Unavailable(
          "it is not known whether an earlier write was applied; the next start will tell");

  private final ReplicationLog log;
  private final BatchEvaluator evaluator;
  private final HybridLogicalClock clock;
  private final RandomSource random;
  private final Executor executor;
  private final FatalErrorHandler fatalErrorHandler;
  private final CommandQueue queue;
  private final ChangeListener changeListener;

  /** Taken from the queue but beyond the bytes of the batch before. The writer's own. */
  private final ArrayDeque<GroupCommand> pending = new ArrayDeque<>();

  /** Whether an entry's outcome is unknown. The writer's own. */
  private boolean unsettled;

  /** Whether a step is running or will run. */
  private final AtomicBoolean scheduled = new AtomicBoolean();

  GroupWriter(
      KeyValueStore store,
      ReplicationLog log,
      GroupState state,
      Clock clock,
      RandomSource random,
      Executor executor,
      FatalErrorHandler fatalErrorHandler,
      GroupLimits limits,
      ChangeListener changeListener) {
    this.log = log;
    this.clock = new HybridLogicalClock(clock, log.position().hybridTime());
    this.random = random;
    this.executor = executor;
    this.fatalErrorHandler = fatalErrorHandler;
    this.queue = new CommandQueue(limits.queueBytesMax());
    this.changeListener = changeListener;
    this.evaluator =
        new BatchEvaluator(
            store,
            state,
            this.clock,
            limits,
            Math.min(WRITE_SET_BYTES_MAX, log.entryBytesMax() / 2),
            log.entryBytesMax());
  }

  void submit(GroupCommand command) {
    if (!queue.offer(command)) {
      command.callback().accept(new Outcome.Overloaded());
    } else if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::step);
    }
  }

  /** Whether nothing waits and nothing is being written. */
  boolean isIdle() {
    return !scheduled.get() && queue.isEmpty();
  }

  private void step() {
    try {
      if (pending.isEmpty()) {
        pending.addAll(queue.take(BATCH_COMMANDS_MAX));
      }
      if (pending.isEmpty()) {
        rest();
        return;
      }
      if (unsettled) {
        refusePending();
        executor.execute(this::step);
        return;
      }
      Batch batch = evaluator.evaluate(pending);
      if (batch.writeSet.isEmpty()) {
        batch.apply();
        answer(batch);
        executor.execute(this::step);
      } else {
        append(batch);
      }
    } catch (RuntimeException broken) {
      // Stored state cannot be read or an invariant does not hold: going on could spread the harm.
      fatalErrorHandler.fatal("the writer of a replication group failed", broken);
    }
  }

  private void refusePending() {
    for (GroupCommand command = pending.poll(); command != null; command = pending.poll()) {
      tell(command, UNSETTLED);
    }
  }

  private void rest() {
    scheduled.set(false);
    if (!queue.isEmpty() && scheduled.compareAndSet(false, true)) {
      executor.execute(this::step);
    }
  }

  private void append(Batch batch) {
    LogPosition last = log.position();
    LogEntry entry =
        new LogEntry(
            GROUP_EPOCH,
            last.batchNumber() + 1,
            new BatchId(random.nextLong(), random.nextLong()),
            clock.next(),
            batch.writeSet);
    log.append(
        entry,
        outcome -> {
          switch (outcome) {
            case AppendOutcome.Applied _ -> {
              batch.apply();
              answer(batch);
              tellOfChanges(batch);
            }
            case AppendOutcome.NotAppended notAppended ->
                answerAll(batch, new Outcome.Unavailable(notAppended.reason().text()));
            case AppendOutcome.Unknown _ -> {
              unsettled = true;
              answerAll(batch, new Outcome.Unknown());
            }
          }
          executor.execute(this::step);
        });
  }

  private void tellOfChanges(Batch batch) {
    for (PartitionState partition : batch.recordedPartitions()) {
      changeListener.recorded(partition.descriptor);
    }
  }

  private static void answer(Batch batch) {
    for (Batch.Answer answer : batch.answers()) {
      tell(answer.command(), answer.outcome());
    }
  }

  private static void answerAll(Batch batch, Outcome outcome) {
    for (Batch.Answer answer : batch.answers()) {
      tell(answer.command(), outcome);
    }
  }

  private static void tell(GroupCommand command, Outcome outcome) {
    try {
      command.callback().accept(outcome);
    } catch (RuntimeException defect) {
      // The write is as durable as it is; a defect in answering must not stop the group.
      LOGGER.error("answering a command failed", defect);
    }
  }
}
