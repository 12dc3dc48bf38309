package dev.partita.testing.generator;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.LegacyCondition.Operator;
import dev.partita.testing.reference.Operand;
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
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Segment;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Path;
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

/** Random operations on the tables of a universe. */
public final class OperationGenerator {

  private final Universe universe;
  private final Choices choices;
  private final ValueGenerator values;
  private final PathGenerator paths;
  private final ConditionGenerator conditions;
  private final UpdateGenerator updates;

  /** The same universe and seed give the same operations. */
  public OperationGenerator(Universe universe, long seed) {
    this.universe = universe;
    this.choices = new Choices(seed);
    this.values = new ValueGenerator(choices);
    this.paths = new PathGenerator(choices);
    this.conditions = new ConditionGenerator(choices, values, paths);
    this.updates = new UpdateGenerator(choices, values, paths);
  }

  /** The creation of all tables, which the operations need. */
  public List<GeneratedOperation> tables() {
    return universe.tables().stream()
        .map(table -> new GeneratedOperation(new CreateTable(table), choices.seed()))
        .toList();
  }

  /** The next operation. */
  public GeneratedOperation next() {
    return new GeneratedOperation(operation(), choices.seed());
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
          table.name(), key(table), projection(choices.percent(70)), coin(), capacity());
    }
    if (kind < 80) {
      return query(choices.percent(85) ? universe.tables().get(choices.between(3, 7)) : table);
    }
    if (kind < 86) {
      return scan(table);
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
      case 1 -> new GetItem(table.name(), key(table), projection(true), coin(), capacity());
      case 2 -> scan(table);
      default -> put(table);
    };
  }

  private Operation onTables(TableDefinition table) {
    String unknown = table.name() + "-unknown";
    return switch (choices.below(12)) {
      case 0 -> new CreateTable(table);
      case 1 -> choices.percent(8) ? new DeleteTable(table.name()) : new DeleteTable(unknown);
      case 2 -> new DescribeTable(unknown);
      case 3 -> new GetItem(unknown, values.key(table), projection(false), coin(), capacity());
      case 4 ->
          new PutItem(
              unknown,
              values.item(table),
              new WriteOptions(new Guard.Always(), ReturnValues.NONE, false, capacity()));
      default -> new DescribeTable(table.name());
    };
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
    return new WriteOptions(guard, returned, oldOnFailure, capacity());
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
            options.capacity()));
  }

  private Projection projection(boolean expressions) {
    if (choices.percent(55)) {
      return new Projection.Everything();
    }
    if (!expressions) {
      List<String> names = choices.shuffled(Universe.ATTRIBUTES);
      return new Projection.Attributes(names.subList(0, choices.between(1, 4)));
    }
    List<Path> chosen = new ArrayList<>();
    for (int i = choices.between(1, 4); i > 0; i--) {
      Path path = paths.any();
      boolean collides = chosen.stream().anyMatch(other -> other.root().equals(path.root()));
      if (!collides || choices.permille(10)) {
        chosen.add(path);
      }
    }
    if (choices.percent(20)) {
      chosen.addAll(elements(chosen));
    }
    return new Projection.Paths(chosen);
  }

  /** Several elements of the list attribute, in any order. */
  private List<Path> elements(List<Path> chosen) {
    if (chosen.stream().anyMatch(path -> path.root().equals("e"))) {
      return List.of();
    }
    return choices.shuffled(List.of(0, 1, 2, 3)).subList(0, choices.between(2, 3)).stream()
        .map(index -> new Path("e", List.of(new Path.Index(index))))
        .toList();
  }

  private ReadOptions readOptions(TableDefinition table, boolean expressions, boolean filterKeys) {
    Guard filter = new Guard.Always();
    if (choices.percent(40)) {
      filter =
          expressions ? new Guard.Expression(conditions.condition(2)) : conditions.legacy(false);
    }
    if (filterKeys && expressions && choices.percent(10)) {
      filter = keyFilter(table);
    }
    boolean count = choices.percent(12);
    Projection projection = count ? new Projection.Everything() : projection(expressions);
    Optional<Integer> limit =
        choices.percent(45) ? Optional.of(choices.between(1, 9)) : Optional.empty();
    if (choices.permille(5)) {
      limit = Optional.of(0);
    }
    return new ReadOptions(filter, projection, count, limit, Optional.empty(), coin(), capacity());
  }

  /** A filter on a key attribute: known to Scan, refused by Query. */
  private Guard keyFilter(TableDefinition table) {
    KeyAttribute key = choices.oneOf(table.keyAttributes());
    Value value = choices.oneOf(Universe.keys(table, key));
    return new Guard.Expression(
        new Condition.Comparison(
            new Operand.Attribute(Path.of(key.name())),
            choices.oneOf(List.of(Condition.Comparator.values())),
            new Operand.Constant(value)));
  }

  private Operation query(TableDefinition table) {
    boolean expressions = choices.percent(75);
    boolean mixed = choices.permille(8);
    KeyAttribute partitionKey = table.partitionKey();
    Value partition = choices.oneOf(Universe.partitionKeys(table));
    String name = partitionKey.name();
    if (choices.permille(8)) {
      partition = values.any(0);
    }
    if (choices.permille(4)) {
      name = "a";
    }
    Optional<SortCondition> sort =
        table.sortKey().filter(key -> choices.percent(55)).map(key -> sortCondition(table, key));
    if (choices.permille(5)) {
      sort = Optional.of(new SortCondition("a", Operator.EQ, List.of(values.ordered())));
    }
    ReadOptions options = readOptions(table, expressions, choices.permille(20));
    if (choices.percent(15)) {
      MapValue start = choices.permille(30) ? values.badKey(table) : values.key(table);
      options =
          options.startingAt(
              choices.permille(950) && start.member(partitionKey.name()).isPresent()
                  ? start.with(partitionKey.name(), partition)
                  : start);
    }
    return new Query(
        table.name(),
        new KeyCondition(name, partition, sort, expressions == mixed),
        coin(),
        options);
  }

  private SortCondition sortCondition(TableDefinition table, KeyAttribute key) {
    Operator operator =
        choices.oneOf(
            List.of(
                Operator.EQ,
                Operator.LT,
                Operator.LE,
                Operator.GT,
                Operator.GE,
                Operator.BETWEEN,
                Operator.BETWEEN,
                Operator.BEGINS_WITH));
    if (operator == Operator.BEGINS_WITH && key.type().equals("N") && !choices.permille(30)) {
      operator = Operator.GE;
    }
    List<Value> candidates = Universe.keys(table, key);
    Value operand = choices.permille(10) ? values.any(0) : choices.oneOf(candidates);
    if (operator != Operator.BETWEEN) {
      return new SortCondition(key.name(), operator, List.of(operand));
    }
    Value other = choices.oneOf(candidates);
    boolean inOrder = conditions.inOrder(operand, other);
    return new SortCondition(
        key.name(),
        operator,
        inOrder == choices.permille(985) ? List.of(operand, other) : List.of(other, operand));
  }

  private Operation scan(TableDefinition table) {
    boolean expressions = choices.percent(75);
    Optional<Segment> segment = Optional.empty();
    if (choices.percent(30)) {
      int total = choices.between(1, 5);
      segment = Optional.of(new Segment(choices.below(total), total));
    }
    return new Scan(table.name(), segment, readOptions(table, expressions, true));
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
      reads.put(table.name(), new BatchRead(list, projection(expressions), coin()));
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
