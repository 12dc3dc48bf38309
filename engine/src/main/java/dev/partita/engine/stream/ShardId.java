package dev.partita.engine.stream;

import dev.partita.base.Invariant;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.partition.PartitionId;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The name of a shard: {@code shardId-}, 20 digits, {@code -}, 16 hexadecimal digits. The digits
 * are the milliseconds since 1970 at which it was opened (consumers read them), so that the order
 * of the texts is the order of time; the rest is partition and number of the shard.
 *
 * @param opened milliseconds since 1970
 * @param number the shard's number within its partition
 */
record ShardId(long opened, PartitionId partition, int number) {
  private static final String PREFIX = "shardId-";
  private static final int OPENED_LENGTH = 20;
  private static final int PARTITION_LENGTH = 10;
  private static final int NUMBER_LENGTH = 6;
  private static final int PARTITION_AT = PREFIX.length() + OPENED_LENGTH + 1;
  private static final int NUMBER_AT = PARTITION_AT + PARTITION_LENGTH;
  private static final int LENGTH = NUMBER_AT + NUMBER_LENGTH;
  private static final int BITS_PER_DIGIT = 4;

  static ShardId of(PartitionId partition, StreamShard shard) {
    return new ShardId(shard.opened(), partition, shard.number());
  }

  /** As clients see it. */
  String text() {
    Invariant.check(
        partition.value() >>> (PARTITION_LENGTH * BITS_PER_DIGIT) == 0
            && number >>> (NUMBER_LENGTH * BITS_PER_DIGIT) == 0,
        "a shard's name has no room for partition and number",
        "partition",
        partition.value());
    return String.format(
        Locale.ROOT, "%s%020d-%010x%06x", PREFIX, opened, partition.value(), number);
  }

  /** What {@link #text} made; null if it did not. */
  static @Nullable ShardId parse(String text) {
    if (text.length() != LENGTH || !text.startsWith(PREFIX)) {
      return null;
    }
    try {
      ShardId id =
          new ShardId(
              Long.parseLong(text, PREFIX.length(), PARTITION_AT - 1, 10),
              new PartitionId(HexFormat.fromHexDigitsToLong(text, PARTITION_AT, NUMBER_AT)),
              HexFormat.fromHexDigits(text, NUMBER_AT, LENGTH));
      return id.text().equals(text) ? id : null;
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
