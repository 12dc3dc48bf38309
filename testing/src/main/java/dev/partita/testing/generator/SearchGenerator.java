package dev.partita.testing.generator;

import dev.partita.testing.reference.Condition;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.IndexDefinition;
import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.LegacyCondition.Operator;
import dev.partita.testing.reference.Operand;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.KeyEquality;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Segment;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.Path;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Random Queries and Scans of tables and of their indexes. */
final class SearchGenerator {

  private final Choices choices;
  private final ValueGenerator values;
  private final PathGenerator paths;
  private final ConditionGenerator conditions;

  SearchGenerator(
      Choices choices, ValueGenerator values, PathGenerator paths, ConditionGenerator conditions) {
    this.choices = choices;
    this.values = values;
    this.paths = paths;
    this.conditions = conditions;
  }

  private Capacity capacity() {
    return choices.oneOf(List.of(Capacity.values()));
  }

  /** A Query of the table, or of one of its indexes if it has any. */
  Operation query(TableDefinition table) {
    return !table.indexes().isEmpty() && choices.percent(75)
        ? query(table, choices.oneOf(table.indexes()))
        : tableQuery(table);
  }

  /** A Scan of the table, or of one of its indexes if it has any. */
  Operation scan(TableDefinition table) {
    Optional<IndexDefinition> index =
        !table.indexes().isEmpty() && choices.percent(65)
            ? Optional.of(choices.oneOf(table.indexes()))
            : Optional.empty();
    boolean expressions = choices.percent(75);
    Optional<Segment> segment = Optional.empty();
    if (choices.percent(30)) {
      int total = choices.between(1, 5);
      segment = Optional.of(new Segment(choices.below(total), total));
    }
    ReadOptions options =
        index
            .map(one -> indexOptions(table, one, expressions))
            .orElseGet(() -> tableOptions(table, expressions, true));
    return new Scan(table.name(), index.map(this::name), segment, options);
  }

  /** The name of the index; now and then one that does not exist. */
  private String name(IndexDefinition index) {
    return choices.permille(8) ? index.name() + "-unknown" : index.name();
  }

  private Operation tableQuery(TableDefinition table) {
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
        table
            .sortKey()
            .filter(key -> choices.percent(55))
            .map(key -> sortCondition(key, Universe.keys(table, key)));
    if (choices.permille(5)) {
      sort = Optional.of(new SortCondition("a", Operator.EQ, List.of(values.ordered())));
    }
    ReadOptions options = tableOptions(table, expressions, choices.permille(20));
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
        Optional.empty(),
        new KeyCondition(name, partition, sort, expressions == mixed),
        choices.percent(50),
        options);
  }

  private Operation query(TableDefinition table, IndexDefinition index) {
    boolean expressions = choices.percent(75);
    List<KeyEquality> partition = new ArrayList<>();
    for (KeyAttribute key : index.partitionKeys()) {
      Value value = choices.oneOf(Universe.indexValues(table, key));
      partition.add(new KeyEquality(key.name(), choices.permille(5) ? values.any(0) : value));
    }
    if (choices.permille(15)) {
      partition.removeLast();
      if (partition.isEmpty()) {
        partition.add(new KeyEquality("d", values.any(0)));
      }
    }
    List<SortCondition> sort = new ArrayList<>();
    int conditionsMax = index.sortKeys().size();
    int count = choices.percent(45) ? 0 : choices.between(0, conditionsMax);
    for (int i = 0; i < count; i++) {
      KeyAttribute key = index.sortKeys().get(i);
      List<Value> candidates = Universe.indexValues(table, key);
      boolean last = i == count - 1 || choices.permille(20);
      sort.add(
          last
              ? sortCondition(key, candidates)
              : new SortCondition(key.name(), Operator.EQ, List.of(choices.oneOf(candidates))));
    }
    if (sort.size() > 1 && choices.permille(20)) {
      sort.removeFirst();
    }
    ReadOptions options = indexOptions(table, index, expressions);
    if (choices.percent(12)) {
      options = options.startingAt(start(table, index, partition));
    }
    return new Query(
        table.name(),
        Optional.of(name(index)),
        new KeyCondition(partition, sort, !expressions),
        choices.percent(50),
        options);
  }

  /** A place in an index, mostly within the partition. */
  private MapValue start(
      TableDefinition table, IndexDefinition index, List<KeyEquality> partition) {
    MapValue start = values.key(table);
    for (KeyAttribute key : index.keyAttributes()) {
      start = start.with(key.name(), choices.oneOf(Universe.indexValues(table, key)));
    }
    for (KeyEquality equality : partition) {
      if (choices.permille(970)) {
        start = start.with(equality.name(), equality.value());
      }
    }
    if (choices.permille(40)) {
      return start.without(choices.oneOf(List.copyOf(start.members().keySet())));
    }
    return choices.permille(20) ? start.with("e", values.any(0)) : start;
  }

  private SortCondition sortCondition(KeyAttribute key, List<Value> candidates) {
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

  private Optional<Integer> limit() {
    if (choices.permille(5)) {
      return Optional.of(0);
    }
    return choices.percent(45) ? Optional.of(choices.between(1, 9)) : Optional.empty();
  }

  private ReadOptions tableOptions(TableDefinition table, boolean expressions, boolean filterKeys) {
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
    return new ReadOptions(
        filter,
        projection,
        count ? Select.COUNT : select(projection, Select.ALL_ATTRIBUTES),
        limit(),
        Optional.empty(),
        choices.percent(50),
        capacity());
  }

  /** A Select that goes with the projection, nearly always. */
  private Select select(Projection projection, Select everything) {
    if (choices.permille(6)) {
      return choices.oneOf(List.of(Select.values()));
    }
    if (choices.percent(80)) {
      return Select.UNSET;
    }
    return projection instanceof Projection.Everything ? everything : Select.SPECIFIC_ATTRIBUTES;
  }

  private ReadOptions indexOptions(
      TableDefinition table, IndexDefinition index, boolean expressions) {
    boolean all = index.projection() instanceof IndexProjection.All;
    Guard filter = new Guard.Always();
    if (choices.percent(all ? 35 : 4)) {
      filter =
          expressions ? new Guard.Expression(conditions.condition(2)) : conditions.legacy(false);
    }
    boolean count = choices.percent(10);
    Projection projection =
        count ? new Projection.Everything() : indexProjection(table, index, expressions);
    boolean wantsAll = (!index.global() || all || choices.percent(5)) && choices.percent(60);
    Select everything = wantsAll ? Select.ALL_ATTRIBUTES : Select.ALL_PROJECTED_ATTRIBUTES;
    return new ReadOptions(
        filter,
        projection,
        count ? Select.COUNT : select(projection, everything),
        limit(),
        Optional.empty(),
        index.global() ? choices.permille(20) : choices.percent(50),
        capacity());
  }

  /** Of a global index mostly what it projects; of a local one anything. */
  private Projection indexProjection(
      TableDefinition table, IndexDefinition index, boolean expressions) {
    boolean anything = index.projection() instanceof IndexProjection.All || !index.global();
    if (choices.percent(55) || (anything && choices.percent(60))) {
      return anything ? projection(expressions) : new Projection.Everything();
    }
    List<String> names = new ArrayList<>();
    index.keyAttributes().forEach(key -> names.add(key.name()));
    table.keyAttributes().forEach(key -> names.add(key.name()));
    if (index.projection() instanceof IndexProjection.Include include) {
      names.addAll(include.attributes());
    }
    List<String> distinct = choices.shuffled(names.stream().distinct().toList());
    List<String> chosen =
        new ArrayList<>(distinct.subList(0, choices.between(1, Math.min(4, distinct.size()))));
    if (choices.percent(5)) {
      chosen.add("g");
    }
    return expressions
        ? new Projection.Paths(chosen.stream().map(Path::of).toList())
        : new Projection.Attributes(chosen);
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

  /** What a read answers with: everything, or some paths or attributes. */
  Projection projection(boolean expressions) {
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
}
