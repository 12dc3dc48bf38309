package dev.partita.engine.change;

import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a partition's change log is used and trimmed, and the shards that are cut from it.
 *
 * @param trimmedThrough records up to this sequence are gone
 * @param indexedThrough the global indexes hold all changes up to this sequence
 * @param shardCount how many shards the partition has had
 * @param shards those whose records may still be read, oldest first
 */
public record ChangeLogState(
    long trimmedThrough, long indexedThrough, int shardCount, List<StreamShard> shards) {
  /** Nothing was ever recorded. */
  public static final ChangeLogState EMPTY = new ChangeLogState(0, 0, 0, List.of());

  private static final int TRIMMED_THROUGH = 1;
  private static final int INDEXED_THROUGH = 2;
  private static final int SHARD_COUNT = 3;
  private static final int SHARD = 4;

  /** The shard of {@code streamId} that is open; null if there is none. */
  public @Nullable StreamShard openShard(long streamId) {
    for (StreamShard shard : shards) {
      if (shard.streamId() == streamId && shard.isOpen()) {
        return shard;
      }
    }
    return null;
  }

  /** Ends the open shard of {@code streamId}, if there is one, with {@code lastSequence}. */
  public ChangeLogState closeShard(long streamId, long lastSequence, long now) {
    List<StreamShard> changed = new ArrayList<>(shards.size());
    for (StreamShard shard : shards) {
      changed.add(
          shard.streamId() == streamId && shard.isOpen() ? shard.close(lastSequence, now) : shard);
    }
    return new ChangeLogState(trimmedThrough, indexedThrough, shardCount, changed);
  }

  /** Begins a shard; its parent is the newest of the stream. */
  public ChangeLogState openShard(long streamId, long firstSequence, long now) {
    int parent = 0;
    for (StreamShard shard : shards) {
      if (shard.streamId() == streamId) {
        parent = shard.number();
      }
    }
    List<StreamShard> changed = new ArrayList<>(shards);
    changed.add(
        new StreamShard(streamId, shardCount + 1, parent, firstSequence, StreamShard.OPEN, now, 0));
    return new ChangeLogState(trimmedThrough, indexedThrough, shardCount + 1, changed);
  }

  /**
   * After records were trimmed and indexes have moved on.
   *
   * @param forgottenBefore closed shards are forgotten that ended earlier and have no record left
   */
  public ChangeLogState advance(long trimmed, long indexed, long forgottenBefore) {
    List<StreamShard> kept = new ArrayList<>(shards.size());
    for (StreamShard shard : shards) {
      if (shard.isOpen() || shard.lastSequence() > trimmed || shard.closed() >= forgottenBefore) {
        kept.add(shard);
      }
    }
    return new ChangeLogState(
        Math.max(trimmedThrough, trimmed), Math.max(indexedThrough, indexed), shardCount, kept);
  }

  /** The record to store. */
  public byte[] encode() {
    FieldWriter fields =
        new FieldWriter()
            .integer(TRIMMED_THROUGH, trimmedThrough)
            .integer(INDEXED_THROUGH, indexedThrough)
            .integer(SHARD_COUNT, shardCount);
    for (StreamShard shard : shards) {
      fields.nested(SHARD, shard.encode());
    }
    return fields.toRecord();
  }

  /** Reads what {@link #encode} made. */
  public static ChangeLogState decode(byte[] record) {
    FieldReader fields = FieldReader.ofRecord(record);
    return new ChangeLogState(
        fields.integer(TRIMMED_THROUGH, 0),
        fields.integer(INDEXED_THROUGH, 0),
        (int) fields.integer(SHARD_COUNT, 0),
        fields.nested(SHARD).stream().map(StreamShard::decode).toList());
  }
}
