package dev.partita.testing.generator;

import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.IndexDefinition;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.BatchDelete;
import dev.partita.testing.reference.Operation.BatchGetItem;
import dev.partita.testing.reference.Operation.BatchPut;
import dev.partita.testing.reference.Operation.BatchRead;
import dev.partita.testing.reference.Operation.BatchWrite;
import dev.partita.testing.reference.Operation.BatchWriteItem;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.DeleteItem;
import dev.partita.testing.reference.Operation.DeleteTable;
import dev.partita.testing.reference.Operation.DescribeTable;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.ReadStream;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Update;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Random operations on the tables of a universe. */
public final class OperationGenerator {

  private final Universe universe;
  private final Choices choices;
  private final ValueGenerator values;
  private final ConditionGenerator conditions;
  private final UpdateGenerator updates;
  private final SearchGenerator searches;
  private final TransactionGenerator transactions;

  /** The same universe and seed give the same operations. */
  public OperationGenerator(Universe universe, long seed) {
    this.universe = universe;
    this.choices = new Choices(seed);
    this.values = new ValueGenerator(choices);
    PathGenerator paths = new PathGenerator(choices);
    this.conditions = new ConditionGenerator(choices, values, paths);
    this.updates = new UpdateGenerator(choices, values, paths);
    this.searches = new SearchGenerator(choices, values, paths, conditions);
    List<TableDefinition> small =
        universe.tables().stream().filter(table -> !Universe.isLarge(table)).toList();
    this.transactions =
        new TransactionGenerator(small, choices, values, conditions, updates, searches);
  }

  /** The creation of all tables, which the operations need. */
  public List<GeneratedOperation> tables() {
    return universe.tables().stream()
        .map(table -> new GeneratedOperation(new CreateTable(table), choices.seed()))
        .toList();
  }

  /** The next operation. */
  public GeneratedOperation next() {
    if (choices.percent(9)) {
      return choices.percent(70) ? transactions.write() : transactions.read();
    }
    return new GeneratedOperation(operation(), choices.seed());
  }

  /** What shows all that the tables, indexes and streams hold. */
  public List<GeneratedOperation> inspections() {
    List<GeneratedOperation> inspections = new ArrayList<>();
    for (TableDefinition table : universe.tables()) {
      inspections.add(inspection(table, Optional.empty()));
      table.indexes().forEach(index -> inspections.add(inspection(table, Optional.of(index))));
      if (table.stream().isPresent()) {
        inspections.add(new GeneratedOperation(new ReadStream(table.name()), 0));
      }
    }
    return inspections;
  }

  private static GeneratedOperation inspection(
      TableDefinition table, Optional<IndexDefinition> index) {
    ReadOptions options =
        new ReadOptions(
            new Guard.Always(),
            new Projection.Everything(),
            Select.UNSET,
            Optional.empty(),
            Optional.empty(),
            index.filter(IndexDefinition::global).isEmpty(),
            Capacity.INDEXES);
    Optional<String> name = index.map(IndexDefinition::name);
    return new GeneratedOperation(new Scan(table.name(), name, Optional.empty(), options), 0);
  }

  private Operation operation() {
    if (choices.percent(4)) {
      return onLargeItems(universe.tables().getLast());
    }
    TableDefinition table = table();
    int kind = choices.below(100);
    if (kind < 20) {
      return put(table);
    }
    if (kind < 50) {
      return update(table);
    }
    if (kind < 56) {
      return new DeleteItem(table.name(), key(table), writeOptions(choices.percent(70)));
    }
    if (kind < 64) {
      return new GetItem(
          table.name(), key(table), searches.projection(choices.percent(70)), coin(), capacity());
    }
    if (kind < 80) {
      return searches.query(choices.percent(85) ? oneOf(this::hasManyInOrder) : table);
    }
    if (kind < 86) {
      return searches.scan(table);
    }
    if (kind < 91) {
      return batchGet();
    }
    if (kind < 97) {
      return batchWrite();
    }
    return onTables(table);
  }

  private Operation onLargeItems(TableDefinition table) {
    return switch (choices.below(10)) {
      case 0 -> update(table);
      case 1 ->
          new GetItem(table.name(), key(table), searches.projection(true), coin(), capacity());
      case 2 -> searches.scan(table);
      default -> put(table);
    };
  }

  private Operation onTables(TableDefinition table) {
    String unknown = table.name() + "-unknown";
    return switch (choices.below(13)) {
      case 12 -> new ReadStream(oneOf(one -> one.stream().isPresent()).name());
      case 0 -> new CreateTable(table);
      case 1 -> choices.percent(8) ? new DeleteTable(table.name()) : new DeleteTable(unknown);
      case 2 -> new DescribeTable(unknown);
      case 3 ->
          new GetItem(unknown, values.key(table), searches.projection(false), coin(), capacity());
      case 4 ->
          new PutItem(
              unknown,
              values.item(table),
              new WriteOptions(new Guard.Always(), ReturnValues.NONE, false, capacity()));
      default -> new DescribeTable(table.name());
    };
  }

  private boolean hasManyInOrder(TableDefinition table) {
    return table.sortKey().isPresent() || !table.indexes().isEmpty();
  }

  private TableDefinition oneOf(Predicate<TableDefinition> kind) {
    return choices.oneOf(universe.tables().stream().filter(kind).toList());
  }

  private TableDefinition table() {
    TableDefinition table = choices.oneOf(universe.tables());
    // The table of large items is left to its own share of the operations, to stay full.
    return Universe.isLarge(table) ? table() : table;
  }

  private boolean coin() {
    return choices.percent(50);
  }

  private Capacity capacity() {
    return choices.oneOf(List.of(Capacity.values()));
  }

  private MapValue key(TableDefinition table) {
    return choices.permille(15) ? values.badKey(table) : values.key(table);
  }

  private WriteOptions writeOptions(boolean expressions) {
    Guard guard = new Guard.Always();
    if (choices.percent(35)) {
      guard = expressions ? new Guard.Expression(conditions.condition(3)) : conditions.legacy(true);
    }
    ReturnValues returned = coin() ? ReturnValues.ALL_OLD : ReturnValues.NONE;
    if (choices.permille(5)) {
      returned = ReturnValues.ALL_NEW;
    }
    // The legacy Expected knows no ReturnValuesOnConditionCheckFailure that is documented.
    boolean oldOnFailure = expressions && choices.percent(60);
    return new WriteOptions(guard, returned, oldOnFailure, capacity(), choices.percent(10));
  }

  private Operation put(TableDefinition table) {
    MapValue item = values.item(table);
    if (Universe.isLarge(table) && choices.percent(70)) {
      item = values.largeItem(table);
    }
    if (choices.permille(15)) {
      for (var member : values.badKey(table).members().entrySet()) {
        item = item.with(member.getKey(), member.getValue());
      }
    } else if (choices.permille(8)) {
      item = item.without(choices.oneOf(table.keyAttributes()).name());
    } else if (choices.permille(8)) {
      item = item.with("a", values.badNumber());
    }
    return new PutItem(table.name(), item, writeOptions(choices.percent(70)));
  }

  private Operation update(TableDefinition table) {
    boolean expressions = choices.percent(75);
    Update update = new Update.Touch();
    if (choices.percent(97)) {
      update =
          expressions
              ? new Update.Expression(updates.expression(table))
              : updates.attributes(table);
    }
    // Once in a while both eras in one request, which is refused.
    boolean guardIsExpression = expressions != choices.permille(8);
    WriteOptions options = writeOptions(guardIsExpression);
    ReturnValues returned = choices.oneOf(List.of(ReturnValues.values()));
    return new UpdateItem(
        table.name(),
        key(table),
        update,
        new WriteOptions(
            choices.percent(50) ? new Guard.Always() : options.guard(),
            returned,
            options.oldOnFailure(),
            options.capacity(),
            options.metrics()));
  }

  private Operation batchGet() {
    SortedMap<String, BatchRead> reads = new TreeMap<>();
    boolean expressions = choices.percent(70);
    for (int i = choices.between(1, 3); i > 0; i--) {
      TableDefinition table = table();
      Set<MapValue> keys = new HashSet<>();
      for (int k = choices.between(1, 12); k > 0; k--) {
        keys.add(values.key(table));
      }
      List<MapValue> list = choices.shuffled(sorted(keys));
      if (choices.permille(10)) {
        list.add(list.getFirst());
      } else if (choices.permille(10)) {
        list.add(values.badKey(table));
      }
      reads.put(table.name(), new BatchRead(list, searches.projection(expressions), coin()));
    }
    return new BatchGetItem(reads, capacity());
  }

  private Operation batchWrite() {
    SortedMap<String, List<BatchWrite>> writes = new TreeMap<>();
    for (int i = choices.between(1, 3); i > 0; i--) {
      TableDefinition table = table();
      SortedMap<String, MapValue> items = new TreeMap<>();
      for (int k = choices.between(1, 7); k > 0; k--) {
        MapValue item = values.item(table);
        items.put(keyOf(table, item).toString(), item);
      }
      List<BatchWrite> list = new ArrayList<>();
      for (MapValue item : items.values()) {
        list.add(choices.percent(70) ? new BatchPut(item) : new BatchDelete(keyOf(table, item)));
      }
      if (choices.permille(10)) {
        list.add(list.getFirst());
      } else if (choices.permille(10)) {
        list.add(new BatchDelete(values.badKey(table)));
      }
      writes.put(table.name(), choices.shuffled(list));
    }
    return new BatchWriteItem(writes, capacity());
  }

  /** In an order that does not depend on hash codes. */
  private static List<MapValue> sorted(Set<MapValue> keys) {
    SortedMap<String, MapValue> sorted = new TreeMap<>();
    keys.forEach(key -> sorted.put(key.toString(), key));
    return new ArrayList<>(sorted.values());
  }

  private static MapValue keyOf(TableDefinition table, MapValue item) {
    MapValue key = Value.map();
    for (KeyAttribute attribute : table.keyAttributes()) {
      key = key.with(attribute.name(), item.member(attribute.name()).orElseThrow());
    }
    return key;
  }
}
