package dev.partita.testing.reference;

import dev.partita.testing.reference.CapacityUnits.Kind;
import dev.partita.testing.reference.Operation.BatchGetItem;
import dev.partita.testing.reference.Operation.BatchRead;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.GetItem;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** GetItem and BatchGetItem. */
final class Reads {

  private static final int BATCH_MAX = 100;

  private final Mutation mutation;
  private final ValueJson json = new ValueJson();
  private final ItemSize size;
  private final CapacityUnits units;

  Reads(Mutation mutation) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
    this.units = new CapacityUnits(mutation);
  }

  Reply get(Table table, GetItem get) {
    Checks checks = new Checks();
    checks.check(() -> KeyRules.checkKey(table.definition(), get.key()));
    checks.check(() -> RequestRules.check(get.projection()));
    checks.finish();
    Optional<MapValue> item = table.get(table.keyOf(get.key()));
    Json.ObjectOf body =
        item.map(i ->
                Json.object(
                    "Item", json.attributes(Projections.project(i, get.projection(), mutation))))
            .orElse(Json.object());
    double cost = units.read(item.map(size::ofItem).orElse(0), get.consistent());
    return Reply.success(
        CapacityUnits.report(body, get.capacity(), get.table(), Consumption.ofTable(cost)));
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
        item.ifPresent(i ->
            items.add(
                json.attributes(Projections.project(i, entry.getValue().projection(), mutation))));
        cost += units.read(item.map(size::ofItem).orElse(0), entry.getValue().consistent());
        bytes += item.map(size::ofItem).orElse(0);
      }
      if (mutation == Mutation.BATCH_GET_ROUNDED_ONCE) {
        cost = units.read(bytes, entry.getValue().consistent());
      }
      responses = responses.with(entry.getKey(), new Json.ArrayOf(items));
      consumed.add(
          CapacityUnits.of(
              batch.capacity(), entry.getKey(), Consumption.ofTable(cost), Kind.PLAIN));
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
}
