package dev.partita.engine.stream;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.stream.StreamRetention.Released;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when the change log of one partition is trimmed. Each time costs an entry of the group's
 * log, so it waits until that is worth it; and it remembers what it knows of the log, so that most
 * looks read nothing.
 */
final class PartitionUpkeep {
  /** So many changes make it worth an entry at once; fewer have to wait. */
  private static final long WORTH_CHANGES = 1_000;

  private static final long WAIT_MILLIS = 30_000;

  /** A stream whose records come of age one by one is trimmed once in this time. */
  private static final long RELEASE_INTERVAL_MILLIS = 60_000;

  private final StreamRetention retention;

  private List<StreamShard> shards = List.of();
  private List<StreamDescriptor> streams = List.of();
  private @Nullable Released released;

  /**
   * With which nothing was recorded and nothing was left; a group replaces it when that changes.
   */
  private @Nullable PartitionDescriptor emptyWith;

  private long advancedAt;

  /** Knows nothing of the partition yet. */
  PartitionUpkeep(StreamRetention retention, long now) {
    this.retention = retention;
    this.advancedAt = now;
  }

  /**
   * What to ask of the group.
   *
   * @param forgottenBefore as in {@code GroupCommand.AdvanceChangeLog}
   */
  record Advance(long indexedThrough, long trimThrough, long forgottenBefore) {}

  /**
   * Looks at the partition. May read the disk.
   *
   * @param tableStreams the streams of the table
   * @param now by the service clock
   * @return null if nothing is worth doing
   */
  @Nullable Advance decide(
      ReplicationGroup group,
      PartitionDescriptor partition,
      List<StreamDescriptor> tableStreams,
      long now) {
    PartitionId id = partition.id();
    ChangeLogState log = group.changeLog(id);
    PartitionCounters counters = group.counters(id);
    boolean recorded = partition.schema().changes().isOn();
    if (log == null || counters == null || isKnownToBeEmpty(partition)) {
      return null;
    }
    long last = counters.lastSequence();
    boolean indexed = partition.schema().changes().globalIndexes();
    long indexedThrough = indexed ? group.indexedThrough(id) : last;
    long releasedThrough = released(group, id, log, tableStreams, last, now).through();
    long trim = Math.max(log.trimmedThrough(), Math.min(releasedThrough, indexedThrough));
    long forgottenBefore = retention.forgottenBefore(log, tableStreams, trim);
    if (!recorded && log.shards().isEmpty() && isEmpty(group, id, log)) {
      emptyWith = partition;
      return null;
    }
    long trimmed = trim - log.trimmedThrough();
    long moved = indexed ? Math.max(trimmed, indexedThrough - log.indexedThrough()) : trimmed;
    boolean worth =
        forgottenBefore > 0
            || moved >= WORTH_CHANGES
            || (moved > 0 && (!indexed || now - advancedAt >= WAIT_MILLIS));
    if (!worth) {
      return null;
    }
    advancedAt = now;
    return new Advance(indexed ? indexedThrough : 0, trim, forgottenBefore);
  }

  /** Two descriptors may be equal although changes were recorded between the two. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isKnownToBeEmpty(PartitionDescriptor partition) {
    return emptyWith == partition;
  }

  private Released released(
      ReplicationGroup group,
      PartitionId id,
      ChangeLogState log,
      List<StreamDescriptor> tableStreams,
      long lastSequence,
      long now) {
    Released known = released;
    if (known == null
        || now >= known.dueAt()
        || !shards.equals(log.shards())
        || !streams.equals(tableStreams)) {
      Released next = retention.released(group, id, log, tableStreams, lastSequence);
      known = new Released(next.through(), Math.max(next.dueAt(), now + RELEASE_INTERVAL_MILLIS));
      released = known;
      shards = log.shards();
      streams = tableStreams;
    }
    return known;
  }

  private static boolean isEmpty(ReplicationGroup group, PartitionId id, ChangeLogState log) {
    return StreamRetention.changeFrom(group, id, log.trimmedThrough() + 1) == null;
  }
}
