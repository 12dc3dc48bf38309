package dev.partita.engine.partition;

import dev.partita.replication.AppendCallback;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A log that applies to a {@link MemoryStore} when the test says so. */
public final class MemoryLog implements ReplicationLog {
  private final MemoryStore store;
  private LogPosition position = LogPosition.START;
  private @Nullable LogEntry inFlight;
  private @Nullable AppendCallback callback;
  private boolean held;
  private volatile BooleanSupplier refuses = () -> false;
  private Runnable applied = () -> {};
  private int entries;

  /** A log over {@code store}. */
  public MemoryLog(MemoryStore store) {
    this.store = store;
  }

  /** Whether entries are turned away from now on. */
  public void refuse(boolean always) {
    refuseWhen(() -> always);
  }

  /** From now on asked of every entry whether it is turned away. */
  public void refuseWhen(BooleanSupplier asked) {
    refuses = asked;
  }

  /** How many entries were appended. */
  public int entries() {
    return entries;
  }

  /** From now on runs when an entry is applied and its writer does not know it yet. */
  public void whenApplied(Runnable step) {
    applied = step;
  }

  /** From now on entries wait for {@link #release}. */
  public void hold() {
    held = true;
  }

  /** From now on entries do not wait. */
  public void flow() {
    held = false;
  }

  /** Ends the entry in flight with {@code outcome}; null applies it. */
  public void release(@Nullable AppendOutcome outcome) {
    LogEntry entry = inFlight;
    AppendCallback told = callback;
    if (entry == null || told == null) {
      throw new IllegalStateException("no entry is in flight");
    }
    inFlight = null;
    callback = null;
    if (outcome == null) {
      store.apply(entry.writeSet());
      applied.run();
      position = entry.position();
      told.appended(new AppendOutcome.Applied(position));
    } else {
      told.appended(outcome);
    }
  }

  @Override
  public LogPosition position() {
    return position;
  }

  @Override
  public void append(LogEntry entry, AppendCallback toTell) {
    if (inFlight != null || entry.batchNumber() != position.batchNumber() + 1) {
      throw new IllegalStateException("not the next entry");
    }
    if (refuses.getAsBoolean()) {
      toTell.appended(new AppendOutcome.NotAppended(AppendOutcome.Reason.DISK_FULL));
      return;
    }
    entries++;
    inFlight = entry;
    callback = toTell;
    if (!held) {
      release(null);
    }
  }

  @Override
  public int entryBytesMax() {
    return 1 << 20;
  }

  @Override
  public void close() {}
}
