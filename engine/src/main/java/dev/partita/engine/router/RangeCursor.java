package dev.partita.engine.router;

import dev.partita.base.Invariant;
import dev.partita.engine.metadata.PartitionMap;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.StaleReads.PastState;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks a key range over the partitions that it touches, in key order or against it. Within a
 * partition it sees one moment.
 */
public final class RangeCursor implements AutoCloseable {
  /** Walk items, not rows of a local index. */
  static final int ITEMS = 0;

  private final RequestRouter router;
  private final PartitionMap map;
  private final KeyRange range;
  private final Direction direction;
  private final int localIndex;
  private final boolean consistent;
  private final List<Long> bytesByPartition = new ArrayList<>(1);
  private int partitionIndex;
  private @Nullable ItemCursor cursor;

  /** Of a local index only: items are read at the moment at which their rows were. */
  private @Nullable GroupSnapshot snapshot;

  /** Of stale reads only: the state that is read. */
  private @Nullable PastState past;

  /** A cursor over items if {@code localIndex} is {@link #ITEMS}, else over rows of that index. */
  RangeCursor(
      RequestRouter router,
      PartitionMap map,
      KeyRange range,
      Direction direction,
      int localIndex,
      boolean consistent) {
    this.router = router;
    this.map = map;
    this.range = range;
    this.direction = direction;
    this.localIndex = localIndex;
    this.consistent = consistent;
    this.partitionIndex =
        switch (direction) {
          case FORWARD -> 0;
          case BACKWARD -> map.partitions().size() - 1;
        };
  }

  /**
   * The bytes of the items read so far, by AWS's rules, of each partition that was visited, also of
   * those that held no item of the range.
   */
  public List<Long> bytesByPartition() {
    return Collections.unmodifiableList(bytesByPartition);
  }

  /** The next item, or null at the end. */
  public @Nullable StoredItem next() {
    while (partitionIndex >= 0 && partitionIndex < map.partitions().size()) {
      if (cursor == null) {
        KeyRange part = map.range(partitionIndex).intersection(range);
        if (!part.isEmpty()) {
          cursor = open(part);
          bytesByPartition.add(0L);
        }
      }
      StoredItem item = cursor == null ? null : next(cursor);
      if (item != null) {
        int last = bytesByPartition.size() - 1;
        bytesByPartition.set(last, bytesByPartition.get(last) + item.size());
        return item;
      }
      close();
      partitionIndex += direction == Direction.FORWARD ? 1 : -1;
    }
    return null;
  }

  private ItemCursor open(KeyRange part) {
    var group = router.group(map.partitions().get(partitionIndex).group());
    PastState state = router.past(group, consistent);
    if (state != null) {
      past = state;
      return localIndex == ITEMS
          ? state.items().cursor(part, direction)
          : state.items().localIndexCursor(part, direction);
    }
    if (localIndex == ITEMS) {
      return group.items().cursor(part, direction);
    }
    GroupSnapshot moment = group.snapshot();
    snapshot = moment;
    return moment.items().localIndexCursor(part, direction);
  }

  /** Rows of several local indexes of an item collection lie side by side. */
  private @Nullable StoredItem next(ItemCursor open) {
    StoredItem row = open.next();
    while (row != null && localIndex != ITEMS && indexOf(open.key()) != localIndex) {
      row = open.next();
    }
    return row;
  }

  private static int indexOf(byte[] rowKey) {
    return rowKey[ItemKeyFormat.sortKeyOffset(rowKey)];
  }

  /** The item whose row of a local index {@link #next} returned last. */
  public @Nullable StoredItem readItem(byte[] itemKey) {
    PastState state = past;
    GroupSnapshot moment = snapshot;
    Invariant.check(state != null || moment != null, "no row of a local index was read");
    if (state != null) {
      return state.items().read(itemKey);
    }
    return moment == null ? null : moment.items().read(itemKey);
  }

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    if (snapshot != null) {
      snapshot.close();
      snapshot = null;
    }
    if (past != null) {
      past.close();
      past = null;
    }
  }
}
