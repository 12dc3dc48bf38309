package dev.partita.engine.scrub;

import dev.partita.base.Bytes;
import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.partition.CollectionCursor;
import dev.partita.engine.partition.CollectionCursor.CollectionSize;
import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.ItemCursor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up the item collections of a partition with local indexes, and compares the stored sizes.
 * Items, rows and sizes are ordered by collection, so that they are walked side by side.
 */
final class CollectionWalk implements ScrubPart {
  private static final int ENTRIES_PER_STEP = 1_024;

  private final Findings findings;
  private final Sizes items;
  private final Sizes rows;
  private final CollectionCursor stored;
  private @Nullable CollectionSize nextStored;

  /** The collection that is being added up, and what is known of it. */
  private @Nullable Bytes collection;

  private long counted;
  private long storedBytes;
  private boolean unreadable;

  CollectionWalk(KeyRange range, GroupSnapshot snapshot, Findings findings) {
    this.findings = findings;
    this.items = new Sizes(snapshot.items().cursor(range, Direction.FORWARD));
    this.rows = new Sizes(snapshot.items().localIndexCursor(range, Direction.FORWARD));
    this.stored = snapshot.derived().collections(range);
    this.nextStored = stored.next();
  }

  /** The sizes of items or rows, each with its collection. */
  private static final class Sizes implements AutoCloseable {
    private final ItemCursor cursor;
    @Nullable Bytes collection;
    long bytes;
    boolean unreadable;

    Sizes(ItemCursor cursor) {
      this.cursor = cursor;
      advance();
    }

    void advance() {
      unreadable = false;
      bytes = 0;
      try {
        StoredItem next = cursor.next();
        if (next == null) {
          collection = null;
          return;
        }
        bytes = next.size();
      } catch (InvariantBrokenException damage) {
        unreadable = true; // Told by the walk over items or rows.
        cursor.skipDamaged();
      }
      collection = Bytes.wrap(ItemKeyFormat.collectionPrefix(cursor.key()));
    }

    @Override
    public void close() {
      cursor.close();
    }
  }

  @Override
  public Progress step() {
    for (int entry = 0; entry < ENTRIES_PER_STEP; entry++) {
      Bytes least = least();
      if (collection != null && !Objects.equals(collection, least)) {
        compare(collection);
      }
      if (least == null) {
        return Progress.DONE;
      }
      collection = least;
      take(least);
    }
    return Progress.MORE;
  }

  private @Nullable Bytes least() {
    Bytes least = least(items.collection, rows.collection);
    return least(least, nextStored == null ? null : nextStored.prefix());
  }

  private static @Nullable Bytes least(@Nullable Bytes left, @Nullable Bytes right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left.compareTo(right) <= 0 ? left : right;
  }

  private void take(Bytes least) {
    if (Objects.equals(least, items.collection)) {
      take(items);
    } else if (Objects.equals(least, rows.collection)) {
      take(rows);
    } else if (nextStored != null) {
      storedBytes = nextStored.bytes();
      nextStored = stored.next();
    }
  }

  private void take(Sizes sizes) {
    counted += sizes.bytes;
    unreadable |= sizes.unreadable;
    sizes.advance();
  }

  private void compare(Bytes finished) {
    if (!unreadable) {
      findings.count("bytes of an item collection", finished::toString, storedBytes, counted);
    }
    collection = null;
    counted = 0;
    storedBytes = 0;
    unreadable = false;
  }

  @Override
  public void close() {
    items.close();
    rows.close();
    stored.close();
  }
}
