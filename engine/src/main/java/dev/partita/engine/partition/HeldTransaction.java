package dev.partita.engine.partition;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A group's part of a transaction that is not finished: its items are locked.
 *
 * @param ledger the group that decides
 * @param stored whether it survives a crash; the ledger group's own part does not
 * @param preparedTime group time
 * @param token that it claims, in the ledger group only
 */
record HeldTransaction(
    TransactionId id,
    ReplicationGroupId ledger,
    boolean stored,
    long preparedTime,
    List<HeldItem> items,
    @Nullable TokenClaim token) {

  /** About the memory that it holds. */
  long memoryBytes() {
    long bytes = 0;
    for (HeldItem item : items) {
      bytes += item.memoryBytes();
    }
    return bytes;
  }

  /** Ledger group (4), time (8), number of items (4), each item. */
  byte[] encode(byte[] key) {
    int bytes = 2 * Integer.BYTES + Long.BYTES;
    for (HeldItem item : items) {
      bytes += item.encodedBytes();
    }
    return SealedRecord.seal(
        key,
        bytes,
        out -> {
          out.putInt(ledger.value()).putLong(preparedTime).putInt(items.size());
          items.forEach(item -> item.encode(out));
        });
  }

  static HeldTransaction decode(byte[] key, byte[] value, HeldItem.StoredItems stored) {
    ByteBuffer in = SealedRecord.open(key, value);
    ReplicationGroupId ledger = new ReplicationGroupId(in.getInt());
    long preparedTime = in.getLong();
    int count = in.getInt();
    List<HeldItem> items = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      items.add(HeldItem.decode(in, stored));
    }
    return new HeldTransaction(TransactionKeys.id(key), ledger, true, preparedTime, items, null);
  }
}
