package dev.partita.testing.reference;

import dev.partita.testing.reference.Operation.BatchGetItem;
import dev.partita.testing.reference.Operation.BatchRead;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Operation.KeyCondition;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Segment;
import dev.partita.testing.reference.Operation.SortCondition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;

/** GetItem, Query, Scan and BatchGetItem. */
final class Reads {

  /** A page ends with the item that takes it past 1 MB. */
  private static final int PAGE_BYTES_MAX = 1024 * 1024;

  private static final int BATCH_MAX = 100;
  private static final String WRONG_CONDITION_TYPE =
      "One or more parameter values were invalid: Condition parameter type does not match schema"
          + " type";

  private final Mutation mutation;
  private final ValueJson json = new ValueJson();
  private final ItemSize size;
  private final CapacityUnits units;
  private final ConditionEvaluator conditions;
  private final ValueOrder order;

  Reads(Mutation mutation) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
    this.units = new CapacityUnits(mutation);
    this.conditions = new ConditionEvaluator(mutation);
    this.order = new ValueOrder(mutation);
  }

  Reply get(Table table, GetItem get) {
    Checks checks = new Checks();
    checks.check(() -> KeyRules.checkKey(table.definition(), get.key()));
    checks.check(() -> RequestRules.check(get.projection()));
    checks.finish();
    Optional<MapValue> item = table.get(table.keyOf(get.key()));
    Json.ObjectOf body =
        item.map(i -> Json.object("Item", json.attributes(project(i, get.projection()))))
            .orElse(Json.object());
    double cost = units.read(item.map(size::ofItem).orElse(0), get.consistent());
    return Reply.success(CapacityUnits.report(body, get.capacity(), get.table(), cost));
  }

  private MapValue project(MapValue item, Projection projection) {
    return switch (projection) {
      case Projection.Everything everything -> item;
      case Projection.Paths paths -> Paths.project(item, paths.paths(), mutation);
      case Projection.Attributes attributes ->
          Paths.project(item, attributes.names().stream().map(Path::of).toList(), mutation);
    };
  }

  Reply batch(SortedMap<String, Table> tables, BatchGetItem batch) {
    int count = batch.reads().values().stream().mapToInt(read -> read.keys().size()).sum();
    if (count > BATCH_MAX
        || batch.reads().isEmpty()
        || batch.reads().values().stream().anyMatch(read -> read.keys().isEmpty())) {
      throw RefusedException.validation();
    }
    Checks checks = new Checks();
    batch
        .reads()
        .forEach((name, read) -> {
          checks.check(() -> check(Optional.ofNullable(tables.get(name)).orElseThrow(), read));
        });
    checks.finish();
    Json.ObjectOf responses = Json.object();
    List<Json> consumed = new ArrayList<>();
    for (var entry : batch.reads().entrySet()) {
      Table table = Optional.ofNullable(tables.get(entry.getKey())).orElseThrow();
      List<Json> items = new ArrayList<>();
      double cost = 0;
      long bytes = 0;
      for (MapValue key : entry.getValue().keys()) {
        Optional<MapValue> item = table.get(table.keyOf(key));
        item.ifPresent(i -> items.add(json.attributes(project(i, entry.getValue().projection()))));
        cost += units.read(item.map(size::ofItem).orElse(0), entry.getValue().consistent());
        bytes += item.map(size::ofItem).orElse(0);
      }
      if (mutation == Mutation.BATCH_GET_ROUNDED_ONCE) {
        cost = units.read(bytes, entry.getValue().consistent());
      }
      responses = responses.with(entry.getKey(), new Json.ArrayOf(items));
      consumed.add(CapacityUnits.of(batch.capacity(), entry.getKey(), cost));
    }
    Json.ObjectOf body = Json.object("Responses", responses).with("UnprocessedKeys", Json.object());
    return Reply.success(
        batch.capacity() == Capacity.NONE
            ? body
            : body.with("ConsumedCapacity", new Json.ArrayOf(consumed)));
  }

  private static void check(Table table, BatchRead read) {
    Checks checks = new Checks();
    for (MapValue key : read.keys()) {
      checks.check(() -> KeyRules.checkKey(table.definition(), key));
    }
    checks.check(() -> RequestRules.check(read.projection()));
    checks.finish();
    HashSet<Table.Key> keys = new HashSet<>();
    for (MapValue key : read.keys()) {
      if (!keys.add(table.keyOf(key))) {
        throw RefusedException.validation(Writes.DUPLICATE_KEYS);
      }
    }
  }

  Reply query(Table table, Query query) {
    ReadOptions options = query.options();
    KeyCondition key = query.key();
    Checks checks = checkRead(options);
    if (mixesEras(options, !key.legacy())) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    checks.check(() -> checkKeyCondition(table.definition(), key));
    checks.check(() -> checkFilterHasNoKey(table.definition(), options.filter()));
    options.start().ifPresent(start -> checks.check(() -> checkStart(table, start)));
    checks.finish();
    options.start().ifPresent(start -> checkStartWithin(table, key, start));

    List<MapValue> items = new ArrayList<>();
    for (MapValue item : table.collection(key.value())) {
      if (key.sort().filter(sort -> !matches(sort, item)).isEmpty()) {
        items.add(item);
      }
    }
    List<MapValue> ordered = query.forward() ? items : items.reversed();
    boolean ascending = query.forward() || mutation == Mutation.DESCENDING_START_IGNORED;
    Predicate<MapValue> after =
        item -> {
          MapValue start = options.start().orElseThrow();
          int difference =
              table
                  .definition()
                  .sortKey()
                  .map(sort -> compareMember(item, start, sort.name()))
                  .orElse(0);
          return isAfter(ascending ? difference : -difference);
        };
    List<MapValue> rest =
        options.start().isEmpty() ? ordered : ordered.stream().filter(after).toList();
    Reply page = page(table, query.table(), rest, options);
    // Where a start key is refused, none can have been given out.
    return table.definition().sortKey().isPresent()
        ? page
        : Reply.success(page.body().without("LastEvaluatedKey"));
  }

  private boolean isAfter(int difference) {
    return difference > 0 || (difference == 0 && mutation == Mutation.START_KEY_INCLUSIVE);
  }

  private int compareMember(MapValue left, MapValue right, String name) {
    return order
        .compare(left.member(name).orElseThrow(), right.member(name).orElseThrow())
        .orElseThrow();
  }

  private boolean matches(SortCondition sort, MapValue item) {
    return conditions.holds(sort.operator(), item.member(sort.name()), sort.operands());
  }

  private static Checks checkRead(ReadOptions options) {
    Checks checks = new Checks();
    checks.check(() -> RequestRules.check(options.filter()));
    checks.check(() -> RequestRules.check(options.projection()));
    if (options.limit().filter(limit -> limit < 1).isPresent()) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    return checks;
  }

  /**
   * Expressions and the parameters from before them do not go together; KeyConditions alone are
   * free to.
   */
  private static boolean mixesEras(ReadOptions options, boolean keyExpression) {
    boolean legacy =
        options.filter() instanceof Guard.Legacy
            || options.projection() instanceof Projection.Attributes;
    boolean expression =
        keyExpression
            || options.filter() instanceof Guard.Expression
            || options.projection() instanceof Projection.Paths;
    return legacy && expression;
  }

  private static void checkKeyCondition(TableDefinition table, KeyCondition key) {
    Checks checks = new Checks();
    checks.check(() -> ValueRules.check(key.value()));
    checks.check(() -> {
      if (!key.name().equals(table.partitionKey().name())) {
        throw RefusedException.validation();
      }
      checkConditionType(table.partitionKey(), key.value());
    });
    if (key.value().equals(new Value.StringValue(""))
        || key.value().equals(new Value.BinaryValue(""))) {
      throw new UndecidedException("a key condition on an empty value");
    }
    key.sort().ifPresent(sort -> checks.check(() -> checkSortCondition(table, sort)));
    checks.finish();
  }

  private static void checkSortCondition(TableDefinition table, SortCondition sort) {
    Optional<KeyAttribute> sortKey =
        table.sortKey().filter(attribute -> attribute.name().equals(sort.name()));
    if (sortKey.isEmpty()) {
      throw RefusedException.validation();
    }
    boolean known =
        switch (sort.operator()) {
          case EQ, LT, LE, GT, GE, BETWEEN, BEGINS_WITH -> true;
          case NE, NOT_NULL, NULL, CONTAINS, NOT_CONTAINS, IN -> false;
        };
    if (!known) {
      throw RefusedException.validation();
    }
    Checks checks = new Checks();
    checks.check(() -> RequestRules.check(sort.operator(), sort.operands()));
    for (Value operand : sort.operands()) {
      checks.check(() -> checkConditionType(sortKey.get(), operand));
      if (operand.equals(new Value.StringValue("")) || operand.equals(new Value.BinaryValue(""))) {
        throw new UndecidedException("a key condition on an empty value");
      }
    }
    checks.finish();
  }

  private static void checkConditionType(KeyAttribute attribute, Value value) {
    if (!value.type().equals(attribute.type())) {
      throw RefusedException.validation(WRONG_CONDITION_TYPE);
    }
  }

  private static void checkFilterHasNoKey(TableDefinition table, Guard filter) {
    if (Attributes.of(filter).stream().anyMatch(table::isKey)) {
      throw RefusedException.validation();
    }
  }

  /** ExclusiveStartKey must be a key of the table. */
  private static void checkStart(Table table, MapValue start) {
    try {
      KeyRules.checkKey(table.definition(), start);
    } catch (RefusedException refused) {
      throw RefusedException.validation();
    }
  }

  private void checkStartWithin(Table table, KeyCondition key, MapValue start) {
    if (table.definition().sortKey().isEmpty()) {
      // Nothing comes after the only item of a collection, and AWS refuses to look.
      throw RefusedException.validation();
    }
    if (!table.keyOf(start).partition().equals(key.value())) {
      throw RefusedException.validation();
    }
    if (key.sort().filter(sort -> !matches(sort, start)).isPresent()) {
      throw new UndecidedException("ExclusiveStartKey outside the sort condition");
    }
  }

  Reply scan(Table table, Scan scan) {
    ReadOptions options = scan.options();
    Checks checks = checkRead(options);
    if (mixesEras(options, false)) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    options.start().ifPresent(start -> checks.check(() -> checkStart(table, start)));
    if (scan.segment().filter(s -> s.segment() >= s.totalSegments()).isPresent()) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    checks.finish();
    List<MapValue> rest = new ArrayList<>();
    for (MapValue item : table.items()) {
      boolean here = scan.segment().filter(s -> !isIn(s, table.keyOf(item))).isEmpty();
      boolean after =
          options.start().filter(start -> !isAfter(compare(table, item, start))).isEmpty();
      if (here && after) {
        rest.add(item);
      }
    }
    return page(table, scan.table(), rest, options);
  }

  private boolean isIn(Segment segment, Table.Key key) {
    int place = Table.segment(key.partition(), segment.totalSegments());
    return place == segment.segment()
        || (mutation == Mutation.SEGMENTS_OVERLAP
            && segment.segment() == 0
            && place == segment.totalSegments() - 1);
  }

  private int compare(Table table, MapValue item, MapValue start) {
    Table.Key left = table.keyOf(item);
    Table.Key right = table.keyOf(start);
    int places = Table.place(left.partition()).compareTo(Table.place(right.partition()));
    return places != 0 ? places : order.compare(left.sort(), right.sort()).orElse(0);
  }

  /** Answers with as many items as one page takes. */
  private Reply page(Table table, String name, List<MapValue> items, ReadOptions options) {
    List<Json> matches = new ArrayList<>();
    int scanned = 0;
    long bytes = 0;
    long limited = 0;
    long limitedBytes = 0;
    Optional<MapValue> last = Optional.empty();
    for (MapValue item : items) {
      boolean matched = conditions.holds(options.filter(), item);
      if (matched) {
        matches.add(json.attributes(project(item, options.projection())));
      }
      scanned++;
      bytes += size.ofItem(item);
      limited += matched || mutation != Mutation.LIMIT_COUNTS_MATCHES ? 1 : 0;
      limitedBytes +=
          matched || mutation != Mutation.PAGE_SIZE_COUNTS_MATCHES ? size.ofItem(item) : 0;
      if (options.limit().orElse(Integer.MAX_VALUE) <= limited || limitedBytes > PAGE_BYTES_MAX) {
        last = Optional.of(item);
        break;
      }
    }
    if (mutation == Mutation.NO_LAST_KEY_AT_EXACT_LIMIT && scanned == items.size()) {
      last = Optional.empty();
    }
    Json.ObjectOf body =
        Json.object("Count", Json.number(matches.size()))
            .with("ScannedCount", Json.number(scanned));
    if (!options.count()) {
      body = body.with("Items", new Json.ArrayOf(matches));
    }
    if (last.isPresent()) {
      body = body.with("LastEvaluatedKey", json.attributes(table.keyAttributes(last.get())));
    }
    double cost = units.read(bytes, options.consistent());
    return Reply.success(CapacityUnits.report(body, options.capacity(), name, cost));
  }
}
