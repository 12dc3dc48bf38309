package dev.partita.engine.router;

import dev.partita.engine.metadata.PartitionMap;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.storage.Direction;
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
  private final RequestRouter router;
  private final PartitionMap map;
  private final KeyRange range;
  private final Direction direction;
  private final List<Long> bytesByPartition = new ArrayList<>(1);
  private int partitionIndex;
  private @Nullable ItemCursor cursor;

  RangeCursor(RequestRouter router, PartitionMap map, KeyRange range, Direction direction) {
    this.router = router;
    this.map = map;
    this.range = range;
    this.direction = direction;
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
          var group = router.group(map.partitions().get(partitionIndex).group());
          cursor = group.cursor(part, direction);
          bytesByPartition.add(0L);
        }
      }
      StoredItem item = cursor == null ? null : cursor.next();
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

  @Override
  public void close() {
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }
}
