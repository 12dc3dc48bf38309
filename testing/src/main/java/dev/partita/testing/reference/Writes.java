package dev.partita.testing.reference;

import dev.partita.testing.reference.CapacityUnits.Kind;
import dev.partita.testing.reference.Operation.BatchDelete;
import dev.partita.testing.reference.Operation.BatchPut;
import dev.partita.testing.reference.Operation.BatchWrite;
import dev.partita.testing.reference.Operation.BatchWriteItem;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.DeleteItem;
import dev.partita.testing.reference.Operation.PutItem;
import dev.partita.testing.reference.Operation.ReturnValues;
import dev.partita.testing.reference.Operation.UpdateItem;
import dev.partita.testing.reference.Operation.WriteOptions;
import dev.partita.testing.reference.Path.Index;
import dev.partita.testing.reference.Path.Step;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** PutItem, UpdateItem, DeleteItem and BatchWriteItem. */
final class Writes {

  static final String TOO_LARGE = "Item size has exceeded the maximum allowed size";
  static final String UPDATE_TOO_LARGE =
      "Item size to update has exceeded the maximum allowed size";
  static final String DUPLICATE_KEYS = "Provided list of item keys contains duplicates";

  private static final int BATCH_MAX = 25;

  private final Mutation mutation;
  private final ValueJson json = new ValueJson();
  private final ItemSize size;
  private final CapacityUnits units;
  private final ConditionEvaluator conditions;
  private final UpdateEvaluator updates;
  private final IndexRules indexRules;

  Writes(Mutation mutation) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
    this.units = new CapacityUnits(mutation);
    this.conditions = new ConditionEvaluator(mutation);
    this.updates = new UpdateEvaluator(mutation);
    this.indexRules = new IndexRules(mutation);
  }

  Reply put(Table table, PutItem put) {
    Checks checks = new Checks();
    checks.check(() -> KeyRules.checkItem(table.definition(), put.item()));
    checks.check(() -> indexRules.checkItem(table.definition(), put.item()));
    checks.check(() -> ValueRules.check(put.item()));
    checks.check(() -> checkItemSize(put.item(), TOO_LARGE));
    checks.check(() -> RequestRules.check(put.options().guard()));
    checks.check(() -> checkReturnsOld(put.options()));
    checks.finish();
    Table.Key key = table.keyOf(put.item());
    Optional<MapValue> old = table.get(key);
    MapValue item = put.item();
    if (mutation == Mutation.PUT_MERGES) {
      for (var member : old.orElse(Value.map()).members().entrySet()) {
        item =
            item.member(member.getKey()).isPresent()
                ? item
                : item.with(member.getKey(), member.getValue());
      }
    }
    checkGuard(table, key, put.options(), old, Optional.of(item));
    table.put(key, item);
    return written(table, put.options(), old, Optional.of(item));
  }

  Reply delete(Table table, DeleteItem delete) {
    Checks checks = new Checks();
    checks.check(() -> KeyRules.checkKey(table.definition(), delete.key()));
    checks.check(() -> RequestRules.check(delete.options().guard()));
    checks.check(() -> checkReturnsOld(delete.options()));
    checks.finish();
    Table.Key key = table.keyOf(delete.key());
    Optional<MapValue> old = table.get(key);
    checkGuard(table, key, delete.options(), old, Optional.empty());
    if (delete.options().metrics() && old.isEmpty()) {
      throw new UndecidedException("item collection metrics of a delete of nothing");
    }
    table.remove(key);
    return written(table, delete.options(), old, Optional.empty());
  }

  Reply update(Table table, UpdateItem update) {
    checkUpdate(table, update);
    Table.Key key = table.keyOf(update.key());
    Optional<MapValue> old = table.get(key);
    if (!conditions.holds(update.options().guard(), old.orElse(Value.map()))
        && breaksIndexRules(table.definition(), old, update.key(), update.update())) {
      throw new UndecidedException("whether the condition or the index key is looked at first");
    }
    checkGuard(table, key, update.options(), old, old);
    Optional<MapValue> changed = changed(table.definition(), old, update.key(), update.update());
    Optional<MapValue> returned = returned(update, old, changed);
    if (update.options().metrics() && changed.isEmpty()) {
      throw new UndecidedException("item collection metrics of an update of nothing");
    }
    changed.ifPresent(item -> table.put(key, item));
    Json.ObjectOf body = Json.object();
    if (returned.isPresent() && !returned.get().members().isEmpty()) {
      body = body.with("Attributes", json.attributes(returned.get()));
    }
    return Reply.success(report(body, table, update.options(), old, changed));
  }

  /**
   * What an update makes of an item; nothing if the item is missing and stays so. Refuses what
   * becomes too large or unfit for an index.
   */
  Optional<MapValue> changed(
      TableDefinition table, Optional<MapValue> old, MapValue key, Update update) {
    if (IndexRules.reachesIntoKey(table, targets(update))) {
      throw RefusedException.validation();
    }
    Optional<MapValue> changed;
    try {
      changed = updates.apply(old, key, update);
    } catch (RefusedException refused) {
      // A second reason may be that an index key gets a wrong value, and AWS may tell that one.
      boolean indexed =
          targets(update).stream()
              .anyMatch(path -> table.indexes().stream().anyMatch(i -> i.isKey(path.root())));
      throw indexed ? RefusedException.validation() : refused;
    }
    Checks checks = new Checks();
    changed.ifPresent(item -> checks.check(() -> checkItemSize(item, UPDATE_TOO_LARGE)));
    changed.ifPresent(
        item -> checks.check(() -> checkIndexKeys(table, old.orElse(key), item, update)));
    checks.finish();
    return changed;
  }

  /** The texts are known for update expressions, not for what was there before them. */
  private void checkIndexKeys(
      TableDefinition table, MapValue before, MapValue after, Update update) {
    try {
      indexRules.checkUpdate(table, before, after);
    } catch (RefusedException refused) {
      throw update instanceof Update.Expression ? refused : RefusedException.validation();
    }
  }

  private boolean breaksIndexRules(
      TableDefinition table, Optional<MapValue> old, MapValue key, Update update) {
    if (IndexRules.reachesIntoKey(table, targets(update))) {
      return true;
    }
    Optional<MapValue> changed;
    try {
      changed = updates.apply(old, key, update);
    } catch (RefusedException refused) {
      return false;
    }
    try {
      changed.ifPresent(item -> indexRules.checkUpdate(table, old.orElse(key), item));
      return false;
    } catch (RefusedException refused) {
      return true;
    }
  }

  private static List<Path> targets(Update update) {
    return switch (update) {
      case Update.Touch touch -> List.of();
      case Update.Attributes attributes ->
          attributes.updates().keySet().stream().map(Path::of).toList();
      case Update.Expression expression -> RequestRules.targets(expression.expression());
    };
  }

  private static void checkUpdate(Table table, UpdateItem update) {
    Guard guard = update.options().guard();
    Checks checks = new Checks();
    checks.check(() -> KeyRules.checkKey(table.definition(), update.key()));
    checks.check(() -> RequestRules.check(guard));
    checks.check(() -> RequestRules.check(update.update(), table.definition()));
    boolean mixed =
        (guard instanceof Guard.Legacy && update.update() instanceof Update.Expression)
            || (guard instanceof Guard.Expression && update.update() instanceof Update.Attributes);
    if (mixed) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    checks.finish();
  }

  Reply batch(SortedMap<String, Table> tables, BatchWriteItem batch) {
    Checks checks = new Checks();
    int count = batch.writes().values().stream().mapToInt(List::size).sum();
    if (count < 1
        || count > BATCH_MAX
        || batch.writes().values().stream().anyMatch(List::isEmpty)) {
      throw RefusedException.validation();
    }
    batch
        .writes()
        .forEach((name, writes) -> {
          checks.check(() -> check(table(tables, name), writes));
        });
    checks.finish();
    List<Json> consumed = new ArrayList<>();
    batch
        .writes()
        .forEach((name, writes) -> {
          Consumption cost = Consumption.ofTable(0);
          for (BatchWrite write : writes) {
            cost = cost.plus(write(table(tables, name), write));
          }
          consumed.add(CapacityUnits.of(batch.capacity(), name, cost, Kind.PLAIN));
        });
    Json.ObjectOf body = Json.object("UnprocessedItems", Json.object());
    return Reply.success(
        batch.capacity() == Capacity.NONE
            ? body
            : body.with("ConsumedCapacity", new Json.ArrayOf(consumed)));
  }

  private static Table table(SortedMap<String, Table> tables, String name) {
    return Optional.ofNullable(tables.get(name)).orElseThrow();
  }

  private void check(Table table, List<BatchWrite> writes) {
    Checks checks = new Checks();
    for (BatchWrite write : writes) {
      switch (write) {
        case BatchDelete delete ->
            checks.check(() -> KeyRules.checkKey(table.definition(), delete.key()));
        case BatchPut put -> {
          checks.check(() -> checkBatchKey(table, put));
          checks.check(() -> indexRules.checkItem(table.definition(), put.item()));
          checks.check(() -> ValueRules.check(put.item()));
          checks.check(() -> checkItemSize(put.item(), TOO_LARGE));
        }
      }
    }
    checks.finish();
    Set<Table.Key> keys = new HashSet<>();
    for (BatchWrite write : writes) {
      if (!keys.add(keyOf(table, write))) {
        throw RefusedException.validation(DUPLICATE_KEYS);
      }
    }
  }

  /** As in PutItem, but with other texts. */
  private static void checkBatchKey(Table table, BatchPut put) {
    try {
      KeyRules.checkItem(table.definition(), put.item());
    } catch (RefusedException refused) {
      throw RefusedException.validation();
    }
  }

  private static Table.Key keyOf(Table table, BatchWrite write) {
    return switch (write) {
      case BatchPut put -> table.keyOf(put.item());
      case BatchDelete delete -> table.keyOf(delete.key());
    };
  }

  /** Does one write of a batch; the answer is its cost. */
  private Consumption write(Table table, BatchWrite write) {
    Table.Key key = keyOf(table, write);
    Optional<MapValue> old = table.get(key);
    return switch (write) {
      case BatchPut put -> {
        table.put(key, put.item());
        yield units.write(table.definition(), old, Optional.of(put.item()));
      }
      case BatchDelete delete -> {
        table.remove(key);
        yield units.write(table.definition(), old, Optional.empty());
      }
    };
  }

  /** Refuses an item of more than 400 KB. */
  void checkItemSize(MapValue item, String text) {
    int bytesMax = mutation == Mutation.ITEM_LIMIT_DECIMAL ? 400_000 : ItemSize.ITEM_BYTES_MAX;
    if (size.ofItem(item) > bytesMax) {
      throw RefusedException.validation(text);
    }
  }

  /** PutItem and DeleteItem know two of the five ReturnValues. */
  private static void checkReturnsOld(WriteOptions options) {
    boolean known =
        switch (options.returnValues()) {
          case NONE, ALL_OLD -> true;
          case UPDATED_OLD, ALL_NEW, UPDATED_NEW -> false;
        };
    if (!known) {
      throw RefusedException.validation();
    }
  }

  private void checkGuard(
      Table table,
      Table.Key key,
      WriteOptions options,
      Optional<MapValue> old,
      Optional<MapValue> changed) {
    if (conditions.holds(options.guard(), old.orElse(Value.map()))) {
      return;
    }
    if (mutation == Mutation.FAILED_CONDITION_WRITES) {
      changed.ifPresent(item -> table.put(key, item));
    }
    boolean showsOld =
        options.oldOnFailure() && mutation != Mutation.CONDITION_FAILURE_RETURNS_NO_ITEM;
    Json.ObjectOf body =
        old.filter(item -> showsOld)
            .map(item -> Json.object("Item", json.attributes(item)))
            .orElse(Json.object());
    throw new RefusedException(
        "ConditionalCheckFailedException", "The conditional request failed", body);
  }

  private Reply written(
      Table table, WriteOptions options, Optional<MapValue> old, Optional<MapValue> changed) {
    Json.ObjectOf body = Json.object();
    if (options.returnValues() == ReturnValues.ALL_OLD && old.isPresent()) {
      body = body.with("Attributes", json.attributes(old.get()));
    }
    return Reply.success(report(body, table, options, old, changed));
  }

  /** The body with what was asked for about capacity and the item collection. */
  private Json.ObjectOf report(
      Json.ObjectOf body,
      Table table,
      WriteOptions options,
      Optional<MapValue> old,
      Optional<MapValue> changed) {
    TableDefinition definition = table.definition();
    Json.ObjectOf reported =
        CapacityUnits.report(
            body, options.capacity(), definition.name(), units.write(definition, old, changed));
    if (!options.metrics() || !definition.hasLocalIndexes()) {
      return reported;
    }
    String name = definition.partitionKey().name();
    Value value = changed.or(() -> old).orElseThrow().member(name).orElseThrow();
    Json key = json.attributes(Value.map().with(name, value));
    Json range = new Json.ArrayOf(List.of(Json.number(0), Json.number(1)));
    return reported.with(
        "ItemCollectionMetrics",
        Json.object("ItemCollectionKey", key).with("SizeEstimateRangeGB", range));
  }

  private Optional<MapValue> returned(
      UpdateItem update, Optional<MapValue> old, Optional<MapValue> changed) {
    List<Path> touched = targets(update.update());
    List<Path> shown =
        mutation == Mutation.UPDATED_RETURNS_WHOLE_ATTRIBUTE
            ? touched.stream().map(Path::root).distinct().map(Path::of).toList()
            : touched;
    return switch (update.options().returnValues()) {
      case NONE -> Optional.empty();
      case ALL_OLD -> old;
      case ALL_NEW -> changed;
      case UPDATED_OLD -> old.map(item -> Paths.project(item, shown, mutation));
      case UPDATED_NEW -> {
        checkNewPlaces(old.orElse(update.key()), changed.orElse(update.key()), touched);
        yield changed.map(item -> Paths.project(item, shown, mutation));
      }
    };
  }

  /**
   * UPDATED_NEW looks at the touched places of the new item. Known: a removed element's place shows
   * its successor, a place far past the end shows nothing. Not known: mixtures in one list, and an
   * element appended exactly where it was asked for.
   */
  private static void checkNewPlaces(MapValue old, MapValue changed, List<Path> touched) {
    for (Path path : touched) {
      List<Step> steps = path.steps();
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i) instanceof Index) {
          Path list = new Path(path.root(), steps.subList(0, i));
          if (touched.stream().filter(list::overlaps).count() > 1) {
            throw new UndecidedException("UPDATED_NEW of several places in one list");
          }
        }
      }
      if (!steps.isEmpty()
          && steps.getLast() instanceof Index
          && Paths.find(old, path).isEmpty()
          && Paths.find(changed, path).isPresent()) {
        throw new UndecidedException("UPDATED_NEW of an element appended at its place");
      }
    }
  }
}
