package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NullValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The items of one table: item collections in an order of the model's own, items in key order. */
final class Table {

  /** A primary key. Tables without sort key have NULL for it. */
  record Key(Value partition, Value sort) {}

  private static final Value NO_SORT_KEY = new NullValue();

  private final TableDefinition definition;
  private final SortedMap<String, SortedMap<Value, MapValue>> collections;
  private final Comparator<Value> sortOrder;

  Table(TableDefinition definition, ValueOrder order) {
    this.definition = definition;
    this.collections = new TreeMap<>();
    this.sortOrder = order.ofKeys();
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
    collections
        .computeIfAbsent(place(key.partition()), place -> new TreeMap<>(sortOrder))
        .put(key.sort(), item);
  }

  void remove(Key key) {
    SortedMap<Value, MapValue> collection = collections.get(place(key.partition()));
    if (collection != null) {
      collection.remove(key.sort());
      if (collection.isEmpty()) {
        collections.remove(place(key.partition()));
      }
    }
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
