package dev.partita.replication.local;

import dev.partita.base.Invariant;
import dev.partita.replication.AppendCallback;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.DiskSpace;
import dev.partita.storage.NoSpaceException;
import dev.partita.storage.StorageException;
import dev.partita.storage.StoreClosedException;
import dev.partita.storage.WritableStore;
import dev.partita.storage.WriteSet;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of a group that lives on one node: one write of the store per entry, whose write-ahead
 * log makes it durable. Writes on the caller's thread, and calls back before {@code append}
 * returns.
 *
 * <p>The entry and its position are one atomic batch, so that after a crash the position says
 * exactly which entries are applied.
 */
public final class LocalLog implements ReplicationLog {
  /** The default of {@link #entryBytesMax()}: half a write buffer. */
  public static final int ENTRY_BYTES_MAX = 16 << 20;

  private static final Logger LOGGER = LoggerFactory.getLogger(LocalLog.class);

  /** Why entries are refused from now on. */
  private enum Refusal {
    NONE,
    CLOSED,
    /** The disk filled under the store; what it holds of the last write shows at the next start. */
    DISK_FULL,
    FAILED
  }

  private final WritableStore store;
  private final DiskSpace diskSpace;
  private final FatalErrorHandler fatalErrorHandler;
  private final int entryBytesMax;

  /** Held while an entry is written, so that close waits for it. */
  private final ReentrantLock appending = new ReentrantLock();

  private volatile LogPosition position;
  private volatile Refusal refusal = Refusal.NONE;

  private LocalLog(
      WritableStore store,
      DiskSpace diskSpace,
      FatalErrorHandler fatalErrorHandler,
      int entryBytesMax,
      LogPosition position) {
    this.store = store;
    this.diskSpace = diskSpace;
    this.fatalErrorHandler = fatalErrorHandler;
    this.entryBytesMax = entryBytesMax;
    this.position = position;
  }

  /** Continues the log of {@code store}, whose only writer this then is. */
  public static LocalLog open(
      WritableStore store, DiskSpace diskSpace, FatalErrorHandler fatalErrorHandler) {
    return open(store, diskSpace, fatalErrorHandler, ENTRY_BYTES_MAX);
  }

  /** As above, with entries of at most {@code entryBytesMax} bytes. */
  public static LocalLog open(
      WritableStore store,
      DiskSpace diskSpace,
      FatalErrorHandler fatalErrorHandler,
      int entryBytesMax) {
    LogPosition position =
        PositionRecord.decode(store.get(ColumnFamily.META, PositionRecord.key()));
    return new LocalLog(store, diskSpace, fatalErrorHandler, entryBytesMax, position);
  }

  @Override
  public LogPosition position() {
    return position;
  }

  @Override
  public int entryBytesMax() {
    return entryBytesMax;
  }

  @Override
  public void append(LogEntry entry, AppendCallback callback) {
    Invariant.check(!appending.isHeldByCurrentThread(), "an entry is in flight");
    Invariant.check(appending.tryLock(), "an entry is in flight");
    AppendOutcome outcome;
    try {
      checkFollows(entry);
      outcome = write(entry);
    } finally {
      appending.unlock();
    }
    callback.appended(outcome);
  }

  private void checkFollows(LogEntry entry) {
    LogPosition last = position;
    Invariant.check(
        entry.batchNumber() == last.batchNumber() + 1,
        "entry does not follow the last batch",
        "last",
        last.batchNumber());
    Invariant.check(
        entry.groupEpoch() >= last.groupEpoch(), "epoch goes back", "last", last.groupEpoch());
    Invariant.check(
        entry.hybridTime() > last.hybridTime(), "time goes back", "last", last.hybridTime());
    int bytes = entry.writeSet().byteSize();
    Invariant.check(bytes <= entryBytesMax, "entry is too large", "bytes", bytes);
  }

  private AppendOutcome write(LogEntry entry) {
    switch (refusal) {
      case NONE -> {}
      case CLOSED, FAILED -> {
        return new AppendOutcome.NotAppended(AppendOutcome.Reason.CLOSED);
      }
      case DISK_FULL -> {
        return new AppendOutcome.NotAppended(AppendOutcome.Reason.DISK_FULL);
      }
    }
    WriteSet writeSet = entry.writeSet();
    if (!diskSpace.admit(writeSet.byteSize())) {
      return new AppendOutcome.NotAppended(AppendOutcome.Reason.DISK_FULL);
    }
    LogPosition next = entry.position();
    WriteSet positionChange = new WriteSet(128);
    positionChange.put(
        ColumnFamily.META, PositionRecord.key(), PositionRecord.encode(next, writeSet.digest()));
    try {
      store.write(writeSet, positionChange);
    } catch (StoreClosedException e) {
      return new AppendOutcome.NotAppended(AppendOutcome.Reason.CLOSED);
    } catch (NoSpaceException e) {
      LOGGER.error("{}: writes are refused until the next start", e.getMessage());
      refusal = Refusal.DISK_FULL;
      return new AppendOutcome.Unknown();
    } catch (StorageException e) {
      refusal = Refusal.FAILED;
      fatalErrorHandler.fatal("an entry could not be made durable", e);
      return new AppendOutcome.Unknown();
    }
    position = next;
    return new AppendOutcome.Applied(next);
  }

  @Override
  public void close() {
    appending.lock();
    try {
      refusal = Refusal.CLOSED;
    } finally {
      appending.unlock();
    }
  }
}
