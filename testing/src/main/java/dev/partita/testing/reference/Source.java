package dev.partita.testing.reference;

import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NullValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What Query and Scan read: a table, or one of its indexes. */
final class Source {

  /**
   * One item of it.
   *
   * @param shown what the table or index holds
   * @param whole the item in the table
   */
  record Entry(MapValue shown, MapValue whole) {}

  private final Table table;
  private final Optional<Index> index;
  private final ValueOrder order;
  private final Mutation mutation;

  private Source(Table table, Optional<Index> index, Mutation mutation) {
    this.table = table;
    this.index = index;
    this.order = new ValueOrder(mutation);
    this.mutation = mutation;
  }

  /** Refuses the name of an index that the table does not have. */
  static Source of(Table table, Optional<String> index, Mutation mutation) {
    TableDefinition definition = table.definition();
    if (index.isPresent() && definition.index(index.get()).isEmpty()) {
      throw RefusedException.validation(
          "The table does not have the specified index: " + index.get());
    }
    return new Source(
        table,
        index.flatMap(definition::index).map(one -> new Index(one, definition, mutation)),
        mutation);
  }

  /** The index, if it is one. */
  Optional<Index> index() {
    return index;
  }

  /** Whether it is a global index. */
  boolean isGlobal() {
    return index.filter(one -> one.definition().global()).isPresent();
  }

  List<KeyAttribute> partitionKeys() {
    return index
        .map(one -> one.definition().partitionKeys())
        .orElseGet(() -> List.of(table.definition().partitionKey()));
  }

  List<KeyAttribute> sortKeys() {
    return index
        .map(one -> one.definition().sortKeys())
        .orElseGet(() -> table.definition().sortKey().map(List::of).orElse(List.of()));
  }

  boolean isKey(String attribute) {
    return partitionKeys().stream().anyMatch(key -> key.name().equals(attribute))
        || sortKeys().stream().anyMatch(key -> key.name().equals(attribute));
  }

  /** The attributes that tell where a page ended. */
  List<KeyAttribute> startKeyAttributes() {
    return index.map(Index::startKeyAttributes).orElseGet(() -> table.definition().keyAttributes());
  }

  /** LastEvaluatedKey after that item. */
  MapValue startKey(MapValue item) {
    List<KeyAttribute> attributes =
        mutation == Mutation.INDEX_LAST_KEY_WITHOUT_TABLE_KEY && index.isPresent()
            ? index.get().definition().keyAttributes()
            : startKeyAttributes();
    MapValue key = Value.map();
    for (KeyAttribute attribute : attributes) {
      Optional<Value> value = item.member(attribute.name());
      key = value.isPresent() ? key.with(attribute.name(), value.get()) : key;
    }
    return key;
  }

  /** Everything, in the order of a Scan. */
  List<Entry> entries() {
    if (index.isEmpty()) {
      return table.items().stream().map(item -> new Entry(item, item)).toList();
    }
    List<Placed> entries = new ArrayList<>();
    for (MapValue item : table.items()) {
      index.get().entry(item).ifPresent(shown -> entries.add(placed(new Entry(shown, item))));
    }
    table
        .leftIn(index.get().definition())
        .forEach(left -> entries.add(placed(new Entry(left, left))));
    entries.sort(
        Comparator.comparing(Placed::place)
            .thenComparing((a, b) -> compare(a.entry().shown(), b.entry().shown()))
            .thenComparing(Placed::tablePlace)
            .thenComparing(one -> table.keyOf(one.entry().whole()).sort(), order.ofKeys()));
    return entries.stream().map(Placed::entry).toList();
  }

  /** An entry, and what costs time to find out for each comparison anew. */
  private record Placed(Entry entry, String place, String tablePlace) {}

  private Placed placed(Entry entry) {
    return new Placed(
        entry, place(entry.shown()), Table.place(table.keyOf(entry.whole()).partition()));
  }

  /** The entries with these partition keys, in ascending order. */
  List<Entry> collection(List<Value> keys) {
    return index.isEmpty()
        ? table.collection(keys.getFirst()).stream().map(item -> new Entry(item, item)).toList()
        : entries().stream().filter(entry -> partition(entry.shown()).equals(keys)).toList();
  }

  /** The values of the partition keys. */
  List<Value> partition(MapValue item) {
    return partitionKeys().stream().map(key -> item.member(key.name()).orElseThrow()).toList();
  }

  /** Where the item's partition key lies in the order of a Scan. */
  String place(MapValue item) {
    return Table.place(partitionKey(item));
  }

  /** The segment of a parallel Scan that reads the item. */
  int segment(MapValue item, int totalSegments) {
    return Table.segment(partitionKey(item), totalSegments);
  }

  private Value partitionKey(MapValue item) {
    List<Value> keys = partition(item);
    return keys.size() == 1 ? keys.getFirst() : new ListValue(keys);
  }

  /** The order of two items with one partition key; those with equal sort keys are equal. */
  int compare(MapValue left, MapValue right) {
    List<KeyAttribute> keys = sortKeys();
    if (mutation == Mutation.INDEX_ORDERED_BY_FIRST_SORT_KEY && keys.size() > 1) {
      keys = keys.subList(0, 1);
    }
    for (KeyAttribute key : keys) {
      Value a = left.member(key.name()).orElse(new NullValue());
      Value b = right.member(key.name()).orElse(new NullValue());
      int difference = order.compare(a, b).orElse(0);
      if (difference != 0) {
        return difference;
      }
    }
    return 0;
  }

  /** Whether both are places of one and the same item. */
  boolean sameItem(MapValue left, MapValue right) {
    return table.keyAttributes(left).equals(table.keyAttributes(right));
  }
}
