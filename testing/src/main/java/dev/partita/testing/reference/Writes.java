package dev.partita.testing.reference;

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

  Writes(Mutation mutation) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
    this.units = new CapacityUnits(mutation);
    this.conditions = new ConditionEvaluator(mutation);
    this.updates = new UpdateEvaluator(mutation);
  }

  Reply put(Table table, PutItem put) {
    Checks checks = new Checks();
    checks.check(() -> KeyRules.checkItem(table.definition(), put.item()));
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
    double cost = units.write(bytes(old), size.ofItem(item));
    return written(put.table(), put.options(), old, cost);
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
    table.remove(key);
    return written(delete.table(), delete.options(), old, units.delete(bytes(old)));
  }

  Reply update(Table table, UpdateItem update) {
    checkUpdate(table, update);
    Table.Key key = table.keyOf(update.key());
    Optional<MapValue> old = table.get(key);
    checkGuard(table, key, update.options(), old, old);
    Optional<MapValue> changed = updates.apply(old, update.key(), update.update());
    changed.ifPresent(item -> checkItemSize(item, UPDATE_TOO_LARGE));
    Optional<MapValue> returned = returned(update, old, changed);
    changed.ifPresent(item -> table.put(key, item));
    Json.ObjectOf body = Json.object();
    if (returned.isPresent() && !returned.get().members().isEmpty()) {
      body = body.with("Attributes", json.attributes(returned.get()));
    }
    double cost = units.write(bytes(old), bytes(changed));
    return Reply.success(
        CapacityUnits.report(body, update.options().capacity(), update.table(), cost));
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
          double cost = 0;
          for (BatchWrite write : writes) {
            cost += write(table(tables, name), write);
          }
          consumed.add(CapacityUnits.of(batch.capacity(), name, cost));
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
  private double write(Table table, BatchWrite write) {
    Table.Key key = keyOf(table, write);
    long oldBytes = bytes(table.get(key));
    return switch (write) {
      case BatchPut put -> {
        table.put(key, put.item());
        yield units.write(oldBytes, size.ofItem(put.item()));
      }
      case BatchDelete delete -> {
        table.remove(key);
        yield units.delete(oldBytes);
      }
    };
  }

  private void checkItemSize(MapValue item, String text) {
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

  private Reply written(String table, WriteOptions options, Optional<MapValue> old, double cost) {
    Json.ObjectOf body = Json.object();
    if (options.returnValues() == ReturnValues.ALL_OLD && old.isPresent()) {
      body = body.with("Attributes", json.attributes(old.get()));
    }
    return Reply.success(CapacityUnits.report(body, options.capacity(), table, cost));
  }

  private long bytes(Optional<MapValue> item) {
    return item.map(size::ofItem).orElse(0);
  }

  private Optional<MapValue> returned(
      UpdateItem update, Optional<MapValue> old, Optional<MapValue> changed) {
    List<Path> touched =
        switch (update.update()) {
          case Update.Touch touch -> List.of();
          case Update.Attributes attributes ->
              attributes.updates().keySet().stream().map(Path::of).toList();
          case Update.Expression expression -> RequestRules.targets(expression.expression());
        };
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
