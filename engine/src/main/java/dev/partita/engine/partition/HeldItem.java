package dev.partita.engine.partition;

import dev.partita.model.Item;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An item as a transaction found it and what it makes of it.
 *
 * @param changes whether it is written; otherwise it was only looked at
 * @param before null if there was none
 * @param after null if there will be none
 */
record HeldItem(
    PartitionId partition,
    byte[] key,
    boolean changes,
    @Nullable StoredItem before,
    @Nullable StoredItem after) {
  private static final byte LOOKS = 1;
  private static final byte PUTS = 2;
  private static final byte DELETES = 3;
  private static final int HEADER_BYTES = Long.BYTES + 1 + 3 * Integer.BYTES;

  Outcome.Applied applied(long collectionBytes) {
    return new Outcome.Applied(before, after, collectionBytes);
  }

  /** About the memory that it holds. */
  long memoryBytes() {
    return (long) key.length + bytes(before) + (changes ? bytes(after) : 0);
  }

  private static int bytes(@Nullable StoredItem item) {
    return item == null ? 0 : item.item().retainedBytes();
  }

  int encodedBytes() {
    return HEADER_BYTES + key.length + body().length;
  }

  private byte[] body() {
    return changes && after != null ? after.item().encoded() : new byte[0];
  }

  /** Partition (8), effect (1), size (4), lengths of key and body (4 each), key, body. */
  void encode(ByteBuffer out) {
    byte[] body = body();
    out.putLong(partition.value());
    out.put(!changes ? LOOKS : after == null ? DELETES : PUTS);
    out.putInt(after == null ? 0 : after.size()).putInt(key.length).putInt(body.length);
    out.put(key).put(body);
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @param stored finds the item as it is, which is as the transaction found it
   */
  static HeldItem decode(ByteBuffer in, StoredItems stored) {
    PartitionId partition = new PartitionId(in.getLong());
    byte effect = in.get();
    int size = in.getInt();
    byte[] key = new byte[in.getInt()];
    byte[] body = new byte[in.getInt()];
    in.get(key).get(body);
    StoredItem before = stored.find(key);
    return switch (effect) {
      case PUTS ->
          new HeldItem(partition, key, true, before, new StoredItem(Item.ofEncoded(body), size));
      case DELETES -> new HeldItem(partition, key, true, before, null);
      default -> new HeldItem(partition, key, false, before, before);
    };
  }

  /** Finds stored items. */
  @FunctionalInterface
  interface StoredItems {
    /** Null if there is none. */
    @Nullable StoredItem find(byte[] key);
  }
}
