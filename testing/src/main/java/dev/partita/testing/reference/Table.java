package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NullValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The items of one table: item collections in an order of the model's own, items in key order; and
 * the records of its stream, if it has one.
 */
final class Table {

  /** A primary key. Tables without sort key have NULL for it. */
  record Key(Value partition, Value sort) {}

  private static final Value NO_SORT_KEY = new NullValue();

  private final TableDefinition definition;
  private final SortedMap<String, SortedMap<Value, MapValue>> collections;
  private final Comparator<Value> sortOrder;
  private final Mutation mutation;
  private final List<StreamRecord> stream = new ArrayList<>();

  /** Entries that a mistaken model leaves in its indexes, by index. */
  private final SortedMap<String, List<MapValue>> leftInIndexes = new TreeMap<>();

  Table(TableDefinition definition, Mutation mutation) {
    this.definition = definition;
    this.collections = new TreeMap<>();
    this.sortOrder = new ValueOrder(mutation).ofKeys();
    this.mutation = mutation;
  }

  TableDefinition definition() {
    return definition;
  }

  /** Where a partition key lies in the order of a Scan: a scrambled hash, then the key itself. */
  static String place(Value partitionKey) {
    String hash = HexFormat.of().toHexDigits(hash(partitionKey));
    return hash + " " + new ValueJson().encode(partitionKey).print();
  }

  /** The segment of a parallel Scan that reads this partition key. */
  static int segment(Value partitionKey, int totalSegments) {
    return (int) Long.remainderUnsigned(hash(partitionKey), totalSegments);
  }

  private static long hash(Value partitionKey) {
    long hash = new ValueJson().encode(partitionKey).print().hashCode() * 0x9E3779B97F4A7C15L;
    return hash ^ (hash >>> 29);
  }

  Optional<MapValue> get(Key key) {
    return Optional.ofNullable(collections.get(place(key.partition()))).map(c -> c.get(key.sort()));
  }

  void put(Key key, MapValue item) {
    log(get(key), Optional.of(item));
    collections
        .computeIfAbsent(place(key.partition()), place -> new TreeMap<>(sortOrder))
        .put(key.sort(), item);
  }

  void remove(Key key) {
    log(get(key), Optional.empty());
    SortedMap<Value, MapValue> collection = collections.get(place(key.partition()));
    if (collection != null) {
      collection.remove(key.sort());
      if (collection.isEmpty()) {
        collections.remove(place(key.partition()));
      }
    }
  }

  /** Adds to the stream what changes; a write that changes nothing leaves no record. */
  private void log(Optional<MapValue> old, Optional<MapValue> changed) {
    if (mutation == Mutation.GLOBAL_INDEX_KEEPS_OLD_ENTRIES) {
      leaveInIndexes(old, changed);
    }
    boolean same = old.equals(changed) && mutation != Mutation.STREAM_RECORDS_EVERY_WRITE;
    boolean missing = old.isEmpty() && changed.isEmpty();
    boolean forgotten = changed.isEmpty() && mutation == Mutation.STREAM_FORGETS_DELETES;
    if (definition.stream().isPresent() && !same && !missing && !forgotten) {
      MapValue keys = keyAttributes(changed.or(() -> old).orElseThrow());
      stream.add(new StreamRecord(keys, old, changed, definition.stream().get()));
    }
  }

  private void leaveInIndexes(Optional<MapValue> old, Optional<MapValue> changed) {
    for (IndexDefinition index : definition.indexes()) {
      Index one = new Index(index, definition, mutation);
      Optional<MapValue> before = old.flatMap(one::entry);
      Optional<MapValue> after = changed.flatMap(one::entry);
      boolean moves =
          before.isPresent()
              && after.isPresent()
              && !one.key(before.get()).equals(one.key(after.get()));
      if (index.global() && moves) {
        leftInIndexes
            .computeIfAbsent(index.name(), name -> new ArrayList<>())
            .add(before.orElseThrow());
      }
    }
  }

  /** Entries of the index that should not be there any more; none in the true model. */
  List<MapValue> leftIn(IndexDefinition index) {
    return leftInIndexes.getOrDefault(index.name(), List.of());
  }

  /** The records of the stream, in the order of the writes. */
  List<StreamRecord> stream() {
    return Collections.unmodifiableList(stream);
  }

  /** The items of one partition key in ascending order. */
  List<MapValue> collection(Value partitionKey) {
    SortedMap<Value, MapValue> collection = collections.get(place(partitionKey));
    return collection == null ? List.of() : List.copyOf(collection.values());
  }

  /** All items in the order of a Scan. */
  List<MapValue> items() {
    List<MapValue> items = new ArrayList<>();
    collections.values().forEach(collection -> items.addAll(collection.values()));
    return items;
  }

  /** The key of an item of this table. */
  Key keyOf(MapValue attributes) {
    return new Key(
        attributes.member(definition.partitionKey().name()).orElseThrow(),
        definition
            .sortKey()
            .map(sort -> attributes.member(sort.name()).orElseThrow())
            .orElse(NO_SORT_KEY));
  }

  /** The key attributes of an item. */
  MapValue keyAttributes(MapValue item) {
    MapValue key = Value.map();
    for (TableDefinition.KeyAttribute attribute : definition.keyAttributes()) {
      key = key.with(attribute.name(), item.member(attribute.name()).orElseThrow());
    }
    return key;
  }
}
