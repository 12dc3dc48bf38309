package dev.partita.engine.stream;

import dev.partita.base.HybridLogicalClock;
import dev.partita.base.ShiftableClock;
import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a partition's streams still need of its change log. An enabled stream keeps a record until
 * it is as old as the retention; a disabled one keeps all its records until that long after it was
 * disabled.
 */
final class StreamRetention {
  /** A time that never comes, and a sequence that no record has. */
  static final long NEVER = Long.MAX_VALUE;

  private final ShiftableClock serviceClock;
  private final long retentionMillis;

  StreamRetention(ShiftableClock serviceClock, long retentionMillis) {
    this.serviceClock = serviceClock;
    this.retentionMillis = retentionMillis;
  }

  /**
   * What may go.
   *
   * @param through no stream needs a record up to this sequence; {@link #NEVER} if none needs any
   * @param dueAt the time by the service clock at which more may go
   */
  record Released(long through, long dueAt) {}

  /**
   * Works out what may go; reads the log if a stream keeps a part of a shard.
   *
   * @param streams those of the table; what a shard of another one holds may go once it is closed
   * @param lastSequence of the partition
   */
  Released released(
      ReplicationGroup group,
      PartitionId partition,
      ChangeLogState log,
      List<StreamDescriptor> streams,
      long lastSequence) {
    long now = serviceClock.wallMillis();
    for (StreamShard shard : log.shards()) {
      StreamDescriptor stream = find(streams, shard.streamId());
      long over = overAt(shard, stream);
      if (over > now) {
        return stream != null && !stream.isEnabled()
            ? new Released(shard.firstSequence() - 1, over)
            : releasedWithin(group, partition, shard, log.trimmedThrough(), lastSequence, over);
      }
    }
    return new Released(NEVER, NEVER);
  }

  /**
   * Before which time shards must have been closed to be forgotten now, if no record of them is
   * left; 0 if none is that old.
   */
  long forgottenBefore(ChangeLogState log, List<StreamDescriptor> streams, long trimmedThrough) {
    long now = serviceClock.wallMillis();
    long before = 0;
    for (StreamShard shard : log.shards()) {
      if (shard.lastSequence() <= trimmedThrough
          && overAt(shard, find(streams, shard.streamId())) <= now) {
        before = Math.max(before, shard.closed() + 1);
      }
    }
    return before;
  }

  /** Whether a stream that was disabled at this time is over. */
  boolean isOver(long disabled) {
    return disabled != 0 && expiry(disabled) <= serviceClock.wallMillis();
  }

  /** How old a record is by the service clock. */
  long ageMillis(LoggedChange change) {
    return serviceClock.ageMillis(HybridLogicalClock.wallMillis(change.record().writeTime()));
  }

  private static @Nullable StreamDescriptor find(List<StreamDescriptor> streams, long streamId) {
    for (StreamDescriptor stream : streams) {
      if (stream.streamId() == streamId) {
        return stream;
      }
    }
    return null;
  }

  /** When, by the service clock, nothing of the shard is needed any more. */
  private long overAt(StreamShard shard, @Nullable StreamDescriptor stream) {
    if (shard.isOpen()) {
      return NEVER;
    }
    if (stream == null) {
      return 0;
    }
    return expiry(stream.isEnabled() ? shard.closed() : stream.disabled());
  }

  private long expiry(long wallMillis) {
    return serviceClock.translate(wallMillis) + retentionMillis;
  }

  private Released releasedWithin(
      ReplicationGroup group,
      PartitionId partition,
      StreamShard shard,
      long trimmedThrough,
      long lastSequence,
      long over) {
    long now = serviceClock.wallMillis();
    long first = Math.max(shard.firstSequence(), trimmedThrough + 1);
    long low = first - 1;
    long high = Math.min(shard.lastSequence(), lastSequence);
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      LoggedChange change = changeFrom(group, partition, middle);
      if (change != null && change.sequence() <= high && expiry(change) <= now) {
        low = change.sequence();
      } else {
        high = middle - 1;
      }
    }
    LoggedChange kept = changeFrom(group, partition, low + 1);
    long due =
        kept != null && kept.sequence() <= shard.lastSequence()
            ? expiry(kept)
            : Math.min(over, now + retentionMillis);
    return new Released(low, due);
  }

  private long expiry(LoggedChange change) {
    return expiry(HybridLogicalClock.wallMillis(change.record().writeTime()));
  }

  /** The first change at or after a sequence; null if there is none. */
  static @Nullable LoggedChange changeFrom(
      ReplicationGroup group, PartitionId partition, long sequence) {
    List<LoggedChange> changes = group.changes(partition, sequence, 1, 1);
    return changes.isEmpty() ? null : changes.getFirst();
  }
}
