package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import dev.partita.storage.CachedRead;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyRangeSize;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.Snapshot;
import dev.partita.storage.StoreStatistics;
import dev.partita.storage.WriteSet;
import dev.partita.storage.WriteSetVisitor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A store in a sorted map. */
public final class MemoryStore implements KeyValueStore, Snapshot {
  private final Map<ColumnFamily, NavigableMap<Bytes, byte[]>> families =
      new EnumMap<>(ColumnFamily.class);
  private @Nullable Runnable afterNextCursor;

  /** Runs {@code action} once, when the next cursor has seen what it will see. */
  public synchronized void afterNextCursor(Runnable action) {
    afterNextCursor = action;
  }

  private synchronized NavigableMap<Bytes, byte[]> family(ColumnFamily family) {
    return families.computeIfAbsent(family, _ -> new TreeMap<>());
  }

  /** Changes the store behind the back of its log. */
  public synchronized void apply(WriteSet writeSet) {
    writeSet.forEach(
        new WriteSetVisitor() {
          @Override
          public void put(ColumnFamily family, byte[] key, byte[] value) {
            family(family).put(Bytes.wrap(key), value);
          }

          @Override
          public void delete(ColumnFamily family, byte[] key) {
            family(family).remove(Bytes.wrap(key));
          }

          @Override
          public void deleteRange(ColumnFamily family, byte[] start, byte[] end) {
            family(family).subMap(Bytes.wrap(start), Bytes.wrap(end)).clear();
          }
        });
  }

  /** How many keys a family holds. */
  public synchronized int size(ColumnFamily family) {
    return family(family).size();
  }

  @Override
  public synchronized byte @Nullable [] get(ColumnFamily family, byte[] key) {
    return family(family).get(Bytes.wrap(key));
  }

  @Override
  public CachedRead getCached(ColumnFamily family, byte[] key) {
    byte[] value = get(family, key);
    return value == null ? CachedRead.ABSENT : new CachedRead.Found(value);
  }

  @Override
  public List<byte @Nullable []> multiGet(ColumnFamily family, List<byte[]> keys) {
    List<byte @Nullable []> values = new ArrayList<>();
    for (byte[] key : keys) {
      values.add(get(family, key));
    }
    return values;
  }

  @Override
  public synchronized Cursor cursor(
      ColumnFamily family, byte[] start, byte[] end, Direction direction) {
    NavigableMap<Bytes, byte[]> range = family(family).tailMap(Bytes.wrap(start), true);
    // An empty end is the end of the family.
    range = new TreeMap<>(end.length == 0 ? range : range.headMap(Bytes.wrap(end), false));
    Runnable action = afterNextCursor;
    if (action != null) {
      afterNextCursor = null;
      action.run();
    }
    return new MapCursor(direction == Direction.FORWARD ? range : range.descendingMap());
  }

  @Override
  public synchronized Snapshot snapshot() {
    MemoryStore copy = new MemoryStore();
    families.forEach((family, content) -> copy.families.put(family, new TreeMap<>(content)));
    return copy;
  }

  private static final class MapCursor implements Cursor {
    private final NavigableMap<Bytes, byte[]> range;
    private Iterator<Map.Entry<Bytes, byte[]>> rest;
    private Map.@Nullable Entry<Bytes, byte[]> current;

    MapCursor(NavigableMap<Bytes, byte[]> range) {
      this.range = range;
      this.rest = range.entrySet().iterator();
      next();
    }

    @Override
    public boolean isValid() {
      return current != null;
    }

    @Override
    public void next() {
      current = rest.hasNext() ? rest.next() : null;
    }

    private Map.Entry<Bytes, byte[]> current() {
      if (current == null) {
        throw new IllegalStateException("cursor is past its end");
      }
      return current;
    }

    @Override
    public byte[] key() {
      return current().getKey().array();
    }

    @Override
    public byte[] value() {
      return current().getValue();
    }

    @Override
    public void seek(byte[] key) {
      rest = range.tailMap(Bytes.wrap(key), true).entrySet().iterator();
      next();
    }

    @Override
    public void close() {}
  }

  @Override
  public KeyRangeSize approximateSize(ColumnFamily family, byte[] start, byte[] end) {
    throw new IllegalStateException("not asked in these tests");
  }

  @Override
  public long liveDataBytes() {
    throw new IllegalStateException("not asked in these tests");
  }

  @Override
  public void flush() {}

  @Override
  public void checkpoint(Path target) {
    throw new IllegalStateException("not asked in these tests");
  }

  @Override
  public StoreStatistics statistics() {
    throw new IllegalStateException("not asked in these tests");
  }

  @Override
  public void close() {}
}
