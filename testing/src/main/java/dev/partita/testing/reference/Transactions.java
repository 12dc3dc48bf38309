package dev.partita.testing.reference;

import dev.partita.testing.reference.CapacityUnits.Kind;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.TransactCheck;
import dev.partita.testing.reference.Operation.TransactDelete;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactGetItems;
import dev.partita.testing.reference.Operation.TransactPut;
import dev.partita.testing.reference.Operation.TransactUpdate;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * TransactWriteItems and TransactGetItems. Which errors are of the whole request and which are
 * reasons of its cancellation goes by captures of AWS's answers (the Alternator test suite's
 * test_transact.py, the change log of dynoxide).
 */
final class Transactions {

  private static final int ACTIONS_MAX = 100;
  private static final int BYTES_MAX = 4 * 1024 * 1024;
  private static final String SAME_ITEM =
      "Transaction request cannot include multiple operations on one item";
  private static final String FAILED = "The conditional request failed";

  private final Mutation mutation;
  private final ValueJson json = new ValueJson();
  private final ItemSize size;
  private final CapacityUnits units;
  private final ConditionEvaluator conditions;
  private final IndexRules indexRules;
  private final Writes writes;
  private final Map<String, Token> tokens = new HashMap<>();

  Transactions(Mutation mutation, Writes writes) {
    this.mutation = mutation;
    this.size = new ItemSize(mutation);
    this.units = new CapacityUnits(mutation);
    this.conditions = new ConditionEvaluator(mutation);
    this.indexRules = new IndexRules(mutation);
    this.writes = writes;
  }

  /**
   * A token that was used.
   *
   * @param actions of the request that it came with
   * @param reads what a repetition costs, by table; nothing if the transaction was cancelled
   */
  private record Token(
      List<TransactWrite> actions, Optional<SortedMap<String, Consumption>> reads) {}

  /** An action's item before and after, or why it cannot be. */
  private record Effect(
      Table table,
      Table.Key key,
      Optional<MapValue> old,
      Optional<MapValue> changed,
      Optional<Json.ObjectOf> reason) {}

  Reply write(SortedMap<String, Table> tables, TransactWriteItems request) {
    Optional<Token> used = request.token().map(tokens::get);
    try {
      checkRequest(tables, request.writes());
    } catch (RefusedException refused) {
      if (used.isPresent()) {
        throw new UndecidedException("a wrong request with a token that was used");
      }
      throw refused;
    }
    List<Optional<Json.ObjectOf>> invalid = new ArrayList<>();
    for (TransactWrite write : request.writes()) {
      invalid.add(invalid(table(tables, write.table()), write));
    }
    if (used.isPresent() && invalid.stream().anyMatch(Optional::isPresent)) {
      throw new UndecidedException("keys that do not fit with a token that was used");
    }
    if (used.isPresent() && mutation != Mutation.TRANSACTION_TOKEN_FORGOTTEN) {
      return repeated(request, used.get());
    }
    if (invalid.stream().anyMatch(Optional::isPresent)) {
      remember(request, Optional.empty());
      throw cancelled(firstOnly(invalid));
    }
    List<Effect> effects = new ArrayList<>();
    for (TransactWrite write : request.writes()) {
      effects.add(effect(table(tables, write.table()), write));
    }
    checkReasons(effects);
    List<Optional<Json.ObjectOf>> reasons = effects.stream().map(Effect::reason).toList();
    if (reasons.stream().anyMatch(Optional::isPresent)) {
      if (mutation == Mutation.TRANSACTION_NOT_ATOMIC) {
        effects.stream().filter(effect -> effect.reason().isEmpty()).forEach(this::apply);
      }
      remember(request, Optional.empty());
      throw cancelled(
          mutation == Mutation.TRANSACTION_STOPS_AT_FIRST_REASON ? firstOnly(reasons) : reasons);
    }
    effects.forEach(this::apply);
    remember(request, Optional.of(costs(effects, false)));
    return Reply.success(report(request, costs(effects, true), Kind.TRANSACTION_WRITE));
  }

  private void remember(
      TransactWriteItems request, Optional<SortedMap<String, Consumption>> reads) {
    request.token().ifPresent(token -> tokens.put(token, new Token(request.writes(), reads)));
  }

  /** The answer to a request whose token was used before. */
  private Reply repeated(TransactWriteItems request, Token token) {
    if (token.reads().isEmpty()) {
      throw new UndecidedException("the token of a cancelled transaction");
    }
    if (!token.actions().equals(request.writes())
        && mutation != Mutation.TRANSACTION_TOKEN_OF_ANOTHER_ACCEPTED) {
      throw new RefusedException("IdempotentParameterMismatchException", "", Json.object());
    }
    return Reply.success(report(request, token.reads().get(), Kind.TRANSACTION_READ));
  }

  private static Json.ObjectOf report(
      TransactWriteItems request, SortedMap<String, Consumption> costs, Kind kind) {
    if (request.capacity() == Capacity.NONE) {
      return Json.object();
    }
    List<Json> consumed = new ArrayList<>();
    costs.forEach(
        (table, cost) -> consumed.add(CapacityUnits.of(request.capacity(), table, cost, kind)));
    return Json.object("ConsumedCapacity", new Json.ArrayOf(consumed));
  }

  private static Table table(SortedMap<String, Table> tables, String name) {
    return Optional.ofNullable(tables.get(name)).orElseThrow();
  }

  /** What is wrong with the request as a whole. */
  private void checkRequest(SortedMap<String, Table> tables, List<TransactWrite> actions) {
    if (actions.isEmpty() || actions.size() > ACTIONS_MAX) {
      throw RefusedException.validation();
    }
    Checks checks = new Checks();
    long bytes = 0;
    for (TransactWrite write : actions) {
      checkDecided(attributes(write));
      checks.check(() -> RequestRules.check(write.guard()));
      if (write instanceof TransactUpdate update) {
        checkUpdate(table(tables, write.table()).definition(), update, checks);
      }
      if (write instanceof TransactPut put) {
        checks.check(() -> writes.checkItemSize(put.item(), Writes.TOO_LARGE));
        bytes += size.ofItem(put.item());
      }
      checks.check(() -> checkNoEmptyKey(table(tables, write.table()).definition(), write));
    }
    if (bytes > BYTES_MAX) {
      checks.check(() -> {
        throw RefusedException.validation();
      });
    }
    if (actions.stream().allMatch(w -> hasKey(table(tables, w.table()), attributes(w)))) {
      Set<Object> items = new HashSet<>();
      boolean twice =
          actions.stream()
              .anyMatch(write ->
                  !items.add(
                      Map.entry(
                          write.table(), table(tables, write.table()).keyOf(attributes(write)))));
      if (twice && mutation != Mutation.TRANSACTION_TAKES_ITEM_TWICE) {
        checks.check(() -> {
          throw RefusedException.validation(SAME_ITEM);
        });
      }
    } else if (actions.stream().map(w -> attributes(w)).distinct().count() < actions.size()) {
      throw new UndecidedException("an item twice beside a key that does not fit");
    }
    checks.finish();
  }

  private static void checkUpdate(TableDefinition table, TransactUpdate update, Checks checks) {
    if (RequestRules.targets(update.update()).stream()
        .anyMatch(target -> table.isKey(target.root()))) {
      throw new UndecidedException("an update of a key attribute in a transaction");
    }
    if (IndexRules.reachesIntoKey(table, RequestRules.targets(update.update()))) {
      throw new UndecidedException("a path into an index key in a transaction");
    }
    checks.check(() -> RequestRules.check(new Update.Expression(update.update()), table));
  }

  private static void checkDecided(MapValue item) {
    try {
      ValueRules.check(item);
    } catch (RefusedException refused) {
      throw new UndecidedException("a number out of range or an empty set in a transaction");
    }
  }

  /** An empty key is a mistake of the whole request; the key of an index too, if it is put. */
  private void checkNoEmptyKey(TableDefinition table, TransactWrite write) {
    MapValue attributes = attributes(write);
    for (TableDefinition.KeyAttribute key : table.keyAttributes()) {
      Optional<Value> value = attributes.member(key.name());
      boolean typed = value.filter(v -> v.type().equals(key.type())).isPresent();
      if (typed && IndexRules.isEmpty(value.orElseThrow())) {
        throw RefusedException.validation(
            KeyRules.emptyKey(key.type().equals("S") ? "string" : "binary", key.name()));
      }
    }
    if (write instanceof TransactPut put) {
      try {
        indexRules.checkItem(table, put.item());
      } catch (RefusedException refused) {
        boolean empty =
            table.indexes().stream()
                .flatMap(index -> index.keyAttributes().stream())
                .anyMatch(key ->
                    put.item()
                        .member(key.name())
                        .filter(value -> value.type().equals(key.type()))
                        .filter(IndexRules::isEmpty)
                        .isPresent());
        if (empty) {
          throw refused;
        }
      }
    }
  }

  private static boolean hasKey(Table table, MapValue attributes) {
    return table.definition().keyAttributes().stream()
        .allMatch(key -> attributes.member(key.name()).isPresent());
  }

  /** The attributes of an action that hold its key. */
  private static MapValue attributes(TransactWrite write) {
    return switch (write) {
      case TransactPut put -> put.item();
      case TransactUpdate update -> update.key();
      case TransactDelete delete -> delete.key();
      case TransactCheck check -> check.key();
    };
  }

  /** Why the action can never be: its key, or that of an index, does not fit the table. */
  private Optional<Json.ObjectOf> invalid(Table table, TransactWrite write) {
    try {
      if (write instanceof TransactPut put) {
        KeyRules.checkItem(table.definition(), put.item());
        indexRules.checkItem(table.definition(), put.item());
      } else {
        KeyRules.checkKey(table.definition(), attributes(write));
      }
      return Optional.empty();
    } catch (RefusedException refused) {
      return Optional.of(reason("ValidationError", refused.text(), Optional.empty()));
    }
  }

  private Effect effect(Table table, TransactWrite write) {
    Table.Key key = table.keyOf(attributes(write));
    Optional<MapValue> old = table.get(key);
    boolean checked =
        !(write instanceof TransactCheck) || mutation != Mutation.TRANSACTION_IGNORES_CHECKS;
    if (checked && !conditions.holds(write.guard(), old.orElse(Value.map()))) {
      boolean shown = write.oldOnFailure() && mutation != Mutation.TRANSACTION_REASON_WITHOUT_ITEM;
      Json.ObjectOf reason = reason("ConditionalCheckFailed", FAILED, old.filter(item -> shown));
      return new Effect(table, key, old, old, Optional.of(reason));
    }
    try {
      Optional<MapValue> changed =
          switch (write) {
            case TransactPut put -> Optional.of(put.item());
            case TransactDelete delete -> Optional.empty();
            case TransactCheck check -> old;
            case TransactUpdate update ->
                writes.changed(
                    table.definition(), old, update.key(), new Update.Expression(update.update()));
          };
      return new Effect(table, key, old, changed, Optional.empty());
    } catch (RefusedException refused) {
      Json.ObjectOf reason = reason("ValidationError", refused.text(), Optional.empty());
      return new Effect(table, key, old, old, Optional.of(reason));
    }
  }

  /** An update that cannot be done beside another failure: whether both are told is not known. */
  private static void checkReasons(List<Effect> effects) {
    List<Json.ObjectOf> reasons =
        effects.stream().map(Effect::reason).flatMap(Optional::stream).toList();
    boolean update =
        reasons.stream()
            .anyMatch(reason -> reason.text("Code").filter("ValidationError"::equals).isPresent());
    boolean emptyIndexKey =
        reasons.stream()
            .anyMatch(reason ->
                reason.text("Message").filter(text -> text.contains("an empty")).isPresent());
    if (emptyIndexKey && reasons.size() == 1) {
      throw RefusedException.validation(reasons.getFirst().text("Message").orElseThrow());
    }
    if (update && reasons.size() > 1) {
      throw new UndecidedException("an impossible update beside another failed action");
    }
  }

  private void apply(Effect effect) {
    if (effect.changed().isPresent()) {
      effect.table().put(effect.key(), effect.changed().get());
    } else {
      effect.table().remove(effect.key());
    }
  }

  /** Costs by table: of the writes, or of reading what they were about. */
  private SortedMap<String, Consumption> costs(List<Effect> effects, boolean written) {
    int factor = mutation == Mutation.TRANSACTION_COSTS_NOT_DOUBLED ? 1 : 2;
    SortedMap<String, Consumption> costs = new TreeMap<>();
    for (Effect effect : effects) {
      TableDefinition table = effect.table().definition();
      long bytes = Math.max(bytes(effect.old()), bytes(effect.changed()));
      Consumption once = units.write(table, effect.old(), effect.changed());
      // The factor is for the table alone; an index costs what it costs outside a transaction.
      Consumption cost =
          written
              ? new Consumption(factor * once.table(), once.local(), once.global())
              : Consumption.ofTable(factor * units.read(bytes, true));
      costs.merge(table.name(), cost, Consumption::plus);
    }
    return costs;
  }

  private long bytes(Optional<MapValue> item) {
    return item.map(size::ofItem).orElse(0);
  }

  private Json.ObjectOf reason(String code, String text, Optional<MapValue> item) {
    Json.ObjectOf reason = Json.object("Code", Json.text(code));
    if (!text.isEmpty()) {
      reason = reason.with("Message", Json.text(text));
    }
    return item.isPresent() ? reason.with("Item", json.attributes(item.get())) : reason;
  }

  private static List<Optional<Json.ObjectOf>> firstOnly(List<Optional<Json.ObjectOf>> reasons) {
    List<Optional<Json.ObjectOf>> first = new ArrayList<>();
    boolean found = false;
    for (Optional<Json.ObjectOf> reason : reasons) {
      first.add(found ? Optional.empty() : reason);
      found |= reason.isPresent();
    }
    return first;
  }

  private static RefusedException cancelled(List<Optional<Json.ObjectOf>> reasons) {
    List<Json> all = new ArrayList<>();
    List<String> codes = new ArrayList<>();
    for (Optional<Json.ObjectOf> reason : reasons) {
      Json.ObjectOf one = reason.orElse(Json.object("Code", Json.text("None")));
      all.add(one);
      codes.add(one.text("Code").orElseThrow());
    }
    return new RefusedException(
        "TransactionCanceledException",
        "Transaction cancelled, please refer cancellation reasons for specific reasons ["
            + String.join(", ", codes)
            + "]",
        Json.object("CancellationReasons", new Json.ArrayOf(all)));
  }

  Reply get(SortedMap<String, Table> tables, TransactGetItems request) {
    if (request.gets().isEmpty() || request.gets().size() > ACTIONS_MAX) {
      throw RefusedException.validation();
    }
    Checks checks = new Checks();
    for (TransactGet get : request.gets()) {
      checkDecided(get.key());
      checks.check(() -> RequestRules.check(get.projection()));
    }
    checks.finish();
    List<Optional<Json.ObjectOf>> invalid = new ArrayList<>();
    for (TransactGet get : request.gets()) {
      invalid.add(invalid(table(tables, get.table()), get));
    }
    boolean twice = Set.copyOf(keys(request)).size() < request.gets().size();
    long wrong = invalid.stream().filter(Optional::isPresent).count();
    if (wrong > 1 || (wrong > 0 && twice)) {
      throw new UndecidedException("several wrong keys in TransactGetItems");
    }
    if (wrong > 0) {
      throw cancelled(invalid);
    }
    if (twice) {
      throw RefusedException.validation();
    }
    List<Json> responses = new ArrayList<>();
    SortedMap<String, Consumption> costs = new TreeMap<>();
    int factor = mutation == Mutation.TRANSACTION_COSTS_NOT_DOUBLED ? 1 : 2;
    for (TransactGet get : request.gets()) {
      Table table = table(tables, get.table());
      Optional<MapValue> item = table.get(table.keyOf(get.key()));
      responses.add(response(item, get.projection()));
      Consumption cost = Consumption.ofTable(factor * units.read(bytes(item), true));
      costs.merge(get.table(), cost, Consumption::plus);
    }
    Json.ObjectOf body = Json.object("Responses", new Json.ArrayOf(responses));
    if (request.capacity() != Capacity.NONE) {
      List<Json> consumed = new ArrayList<>();
      costs.forEach((table, cost) ->
          consumed.add(CapacityUnits.of(request.capacity(), table, cost, Kind.TRANSACTION_READ)));
      body = body.with("ConsumedCapacity", new Json.ArrayOf(consumed));
    }
    return Reply.success(body);
  }

  private static List<Object> keys(TransactGetItems request) {
    List<Object> keys = new ArrayList<>();
    request.gets().forEach(get -> keys.add(Map.entry(get.table(), get.key())));
    return keys;
  }

  private Optional<Json.ObjectOf> invalid(Table table, TransactGet get) {
    try {
      KeyRules.checkKey(table.definition(), get.key());
      return Optional.empty();
    } catch (RefusedException refused) {
      return Optional.of(reason("ValidationError", refused.text(), Optional.empty()));
    }
  }

  /** An item of which the projection leaves nothing is not shown at all. */
  private Json.ObjectOf response(Optional<MapValue> item, Projection projection) {
    Optional<MapValue> shown =
        item.map(one -> Projections.project(one, projection, mutation))
            .filter(one ->
                !one.members().isEmpty() || mutation == Mutation.TRANSACTION_SHOWS_EMPTY_ITEMS);
    return shown.map(one -> Json.object("Item", json.attributes(one))).orElse(Json.object());
  }
}
