package dev.partita.engine.simulation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.PartitionMap;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ExpiringItem;
import dev.partita.engine.partition.LocalIndexCounters;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.api.IndexStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Whether the indexes of a table hold exactly the rows of its items, the marks of expiry exactly
 * their times, and the counts what can be counted.
 */
final class IndexCheck {
  private final SimulatedNode node;
  private final TableDescriptor table;
  private final List<Item> items;

  private final Scan scan;

  /** Reads all rows of an index. */
  @FunctionalInterface
  interface Scan {
    List<Item> all(String table, String index);
  }

  IndexCheck(SimulatedNode node, String table, List<Item> items, Scan scan) {
    this.node = node;
    this.table = node.table(table);
    this.items = items;
    this.scan = scan;
  }

  void check() {
    PartitionCounters counters = node.router().counters(table.partitionMap());
    requireCounts("table", items, counters.itemCount(), counters.itemBytes());
    for (IndexDefinition index : table.derived().localIndexes()) {
      List<Item> rows = checkRows(index);
      for (LocalIndexCounters counted : counters.localIndexes()) {
        if (counted.number() == index.number()) {
          requireCounts(index.name(), rows, counted.rowCount(), counted.rowBytes());
        }
      }
    }
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      require(index.status() == IndexStatus.ACTIVE, index.name() + " is " + index.status());
      List<Item> rows = checkRows(index.definition());
      PartitionMap map = index.partitionMap();
      PartitionCounters counted = node.router().counters(map);
      requireCounts(index.name(), rows, counted.itemCount(), counted.itemBytes());
    }
    checkExpiry();
  }

  private List<Item> checkRows(IndexDefinition index) {
    List<Item> rows = scan.all(table.name(), index.name());
    List<Item> expected =
        items.stream().map(item -> row(index, item)).filter(row -> !row.isEmpty()).toList();
    Set<String> missing = texts(expected);
    missing.removeAll(texts(rows));
    Set<String> unexpected = texts(rows);
    unexpected.removeAll(texts(expected));
    require(
        missing.isEmpty() && unexpected.isEmpty() && rows.size() == expected.size(),
        "%s lacks %s, has besides %s, of %d rows"
            .formatted(index.name(), missing, unexpected, rows.size()));
    return rows;
  }

  private static Set<String> texts(List<Item> items) {
    Set<String> texts = new TreeSet<>();
    for (Item item : items) {
      texts.add(new TreeMap<>(item.attributes()).toString());
    }
    return texts;
  }

  /** What an index holds of an item; nothing if the item lacks a key of the index. */
  private Item row(IndexDefinition index, Item item) {
    for (KeyAttribute key : index.key().attributes()) {
      AttributeValue value = item.get(key.name());
      if (value == null || value.type() != key.type()) {
        return Item.EMPTY;
      }
    }
    return switch (index.projection().type()) {
      case ALL -> item;
      case KEYS_ONLY, INCLUDE -> {
        Map<String, AttributeValue> projected = new LinkedHashMap<>();
        List<KeyAttribute> keys = new ArrayList<>(table.keySchema().attributes());
        keys.addAll(index.key().attributes());
        for (KeyAttribute key : keys) {
          AttributeValue value = item.get(key.name());
          if (value != null) {
            projected.put(key.name(), value);
          }
        }
        yield Item.of(projected);
      }
    };
  }

  private void requireCounts(String what, List<Item> counted, long count, long bytes) {
    require(
        count == counted.size() && bytes >= counted.stream().mapToLong(Item::size).sum(),
        "%s counts %d items, %d bytes, and has %d".formatted(what, count, bytes, counted.size()));
  }

  private void checkExpiry() {
    if (table.derived().timeToLive() == null) {
      return;
    }
    List<Long> marks = new ArrayList<>();
    table
        .partitions()
        .forEach(placement -> {
          var group = node.groups().get(placement.group().value() - 1);
          group.expiring(placement.partition(), 0, Long.MAX_VALUE - 1, 10_000).stream()
              .map(ExpiringItem::second)
              .forEach(marks::add);
        });
    List<Long> expected =
        items.stream()
            .flatMap(item -> Values.number(item, ExpiringWorkload.EXPIRY).stream())
            .sorted()
            .toList();
    marks.sort(null);
    require(marks.equals(expected), "marks of expiry " + marks + " for " + expected);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new SimulationFailure("indexes of " + table.name() + ": " + otherwise);
    }
  }
}
