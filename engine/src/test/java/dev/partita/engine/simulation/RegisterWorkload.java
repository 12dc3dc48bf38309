package dev.partita.engine.simulation;

import static dev.partita.engine.simulation.Values.number;
import static dev.partita.engine.simulation.Values.parameters;
import static dev.partita.engine.simulation.Values.text;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.BatchWriteItemResponse;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.DeleteItemResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GetItemResponse;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.UpdateItemResponse;
import dev.partita.model.api.WriteRequest;
import dev.partita.testing.history.Outcome;
import dev.partita.testing.history.RecordedOperation;
import dev.partita.testing.history.RegisterOperation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Single items that hold a number, in collections, with local and global indexes: their history
 * must be linearizable.
 */
final class RegisterWorkload implements Workload {
  static final String TABLE = "registers";

  private static final int COLLECTIONS = 24;
  private static final List<String> NAMES = KeyNames.of("p", COLLECTIONS);
  private static final int COLLECTION_ITEMS = 2;
  private static final int INDEX_VALUES = 4;
  private static final String HOLDS_NUMBER = "a = :e";
  private static final String IS_ABSENT = "attribute_not_exists(p)";

  private final Writes writes;
  private final List<RecordedOperation> history = new ArrayList<>();

  /** What clients saw last in an item: a good guess for compare-and-set. */
  private final Map<String, Optional<Long>> seen = new TreeMap<>();

  RegisterWorkload(Writes writes) {
    this.writes = writes;
  }

  static CreateTableRequest table() {
    return Requests.createTable(
        TABLE,
        List.of(
            Requests.attribute("p", AttributeType.S),
            Requests.attribute("c", AttributeType.N),
            Requests.attribute("x", AttributeType.S),
            Requests.attribute("s", AttributeType.N)),
        Requests.key("p", "c"),
        List.of(Requests.localIndex("by-s", Requests.key("p", "s"))),
        List.of(
            Requests.globalIndex("by-x", Requests.key("x"), ProjectionType.KEYS_ONLY),
            Requests.globalIndex("by-x-s", Requests.key("x", "s"), ProjectionType.ALL)));
  }

  /** The operations that ended, and those that may have happened. */
  List<RecordedOperation> history() {
    return history;
  }

  /** A read of every item. */
  List<Exchange> readAll() {
    List<Exchange> reads = new ArrayList<>();
    for (int collection = 0; collection < COLLECTIONS; collection++) {
      for (int place = 0; place < COLLECTION_ITEMS; place++) {
        reads.add(new One(new Key(collection, place), new RegisterOperation.Read(), new Dice(0)));
      }
    }
    return reads;
  }

  private record Key(int collection, int place) {
    Item item() {
      return Values.item("p", text(NAMES.get(collection)), "c", number(place));
    }

    String name() {
      return Writes.name(TABLE, NAMES.get(collection) + "/" + place);
    }
  }

  @Override
  public Exchange next(Dice dice) {
    // Half of the requests meet in a few items.
    int collections = dice.percent(50) ? COLLECTIONS : 3;
    Key key = new Key(dice.below(collections), dice.below(COLLECTION_ITEMS));
    return switch (dice.below(20)) {
      case 0, 1 -> new One(key, new RegisterOperation.Delete(), dice);
      case 2, 3, 4 -> new One(key, new RegisterOperation.Write(fresh(dice)), dice);
      case 5, 6, 7, 8 ->
          new One(
              key,
              new RegisterOperation.CompareAndSet(
                  seen.getOrDefault(key.name(), Optional.empty()), fresh(dice)),
              dice);
      case 9, 10, 11 -> new One(key, new RegisterOperation.Add(1 + dice.below(9)), dice);
      case 12, 13 -> new Batch(dice);
      case 14, 15 -> new Collection(key.collection, dice.percent(50));
      default -> new One(key, new RegisterOperation.Read(), dice);
    };
  }

  private static long fresh(Dice dice) {
    return 1_000L * dice.below(1_000_000_000);
  }

  private void record(Key key, long start, long end, RegisterOperation operation, Outcome outcome) {
    history.add(new RecordedOperation(key.name(), start, end, operation, outcome));
    Optional<Long> now =
        switch (outcome) {
          case Outcome.Unknown _ -> seen.getOrDefault(key.name(), Optional.empty());
          case Outcome.Refused(Optional<Long> holds) -> holds;
          case Outcome.Done(Optional<Long> answer) ->
              operation instanceof RegisterOperation.Read
                  ? answer
                  : operation.apply(seen.getOrDefault(key.name(), Optional.empty()));
        };
    seen.put(key.name(), now);
  }

  /** An item as a put writes it. */
  private static Item whole(Key key, long value, long write, Dice dice) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>(key.item().attributes());
    attributes.put("a", number(value));
    attributes.put(Writes.ATTRIBUTE, number(write));
    if (dice.percent(80)) {
      attributes.put("x", text("x" + dice.below(INDEX_VALUES)));
    }
    if (dice.percent(80)) {
      attributes.put("s", number(dice.below(INDEX_VALUES)));
    }
    if (dice.percent(20)) {
      attributes.put("filling", text("f".repeat(dice.below(600))));
    }
    return Item.of(attributes);
  }

  /** One operation on one item. */
  private final class One implements Exchange {
    private final Key key;
    private final RegisterOperation operation;
    private final ApiRequest request;

    /** 0 if it writes no item. */
    private final long write;

    One(Key key, RegisterOperation operation, Dice dice) {
      this.key = key;
      this.operation = operation;
      this.write =
          switch (operation) {
            case RegisterOperation.Read _, RegisterOperation.Delete _ -> 0;
            case RegisterOperation.Write _,
                RegisterOperation.CompareAndSet _,
                RegisterOperation.Add _ ->
                writes.begin(key.name());
          };
      this.request =
          switch (operation) {
            case RegisterOperation.Read _ -> Requests.get(TABLE, key.item());
            case RegisterOperation.Delete _ -> Requests.delete(TABLE, key.item());
            case RegisterOperation.Write(long value) ->
                Requests.put(TABLE, whole(key, value, write, dice), null, null);
            case RegisterOperation.CompareAndSet(Optional<Long> expected, long value) ->
                Requests.put(
                    TABLE,
                    whole(key, value, write, dice),
                    expected.isPresent() ? HOLDS_NUMBER : IS_ABSENT,
                    expected.isPresent() ? parameters(":e", number(expected.get())) : null);
            case RegisterOperation.Add(long summand) -> add(summand, dice);
          };
    }

    private ApiRequest add(long summand, Dice dice) {
      String expression = "ADD a :n SET w = :w";
      if (dice.percent(30)) {
        return Requests.update(
            TABLE,
            key.item(),
            expression + " REMOVE x",
            parameters(":n", number(summand), ":w", number(write)));
      }
      return Requests.update(
          TABLE,
          key.item(),
          expression + ", s = :s",
          parameters(
              ":n", number(summand),
              ":w", number(write),
              ":s", number(dice.below(INDEX_VALUES))));
    }

    @Override
    public ApiRequest request() {
      return request;
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      writes.end(write, Writes.Fate.DONE);
      Optional<Long> answer = Optional.empty();
      if (response instanceof GetItemResponse read) {
        answer = number(read.item(), "a");
      } else if (response instanceof UpdateItemResponse updated) {
        answer = number(updated.attributes(), "a");
      } else if (response instanceof DeleteItemResponse deleted) {
        answer = number(deleted.attributes(), "a");
        if (deleted.attributes() != null) {
          writes.deleted(key.name(), true);
        }
      }
      record(key, start, end, operation, new Outcome.Done(answer));
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      writes.end(write, Writes.Fate.REFUSED);
      if (error.type() == ErrorType.CONDITIONAL_CHECK_FAILED) {
        record(key, start, end, operation, new Outcome.Refused(number(error.item(), "a")));
      }
    }

    @Override
    public void unknown(long start) {
      if (operation instanceof RegisterOperation.Delete) {
        writes.deleted(key.name(), false);
      }
      if (!(operation instanceof RegisterOperation.Read)) {
        record(key, start, start + 1, operation, new Outcome.Unknown());
      }
    }
  }

  /** Puts of several items, each on its own. */
  private final class Batch implements Exchange {
    private final Map<Item, Key> keys = new LinkedHashMap<>();
    private final Map<Item, Long> numbers = new LinkedHashMap<>();

    Batch(Dice dice) {
      int first = dice.below(COLLECTIONS);
      for (int place = 0; place < 2 + dice.below(3); place++) {
        Key key = new Key((first + 5 * place) % COLLECTIONS, dice.below(COLLECTION_ITEMS));
        long write = writes.begin(key.name());
        Item item = whole(key, fresh(dice), write, dice);
        keys.put(item, key);
        numbers.put(item, write);
      }
    }

    @Override
    public ApiRequest request() {
      return Requests.batch(
          TABLE, keys.keySet().stream().<WriteRequest>map(WriteRequest.Put::new).toList());
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      List<WriteRequest> rest =
          ((BatchWriteItemResponse) response).unprocessedItems().getOrDefault(TABLE, List.of());
      keys.forEach((item, key) -> {
        // Also what may have been done is told as unprocessed, so that it is sent again.
        if (rest.contains(new WriteRequest.Put(item))) {
          record(key, start, end, operation(item), new Outcome.Unknown());
        } else {
          writes.end(number(item), Writes.Fate.DONE);
          record(key, start, end, operation(item), new Outcome.Done(Optional.empty()));
        }
      });
    }

    private long number(Item item) {
      return numbers.getOrDefault(item, 0L);
    }

    private static RegisterOperation operation(Item item) {
      return new RegisterOperation.Write(Values.number(item, "a").orElseThrow());
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      numbers.values().forEach(write -> writes.end(write, Writes.Fate.REFUSED));
    }

    @Override
    public void unknown(long start) {
      keys.forEach(
          (item, key) -> record(key, start, start + 1, operation(item), new Outcome.Unknown()));
    }
  }

  /** A consistent read of a collection, through the table or a local index. */
  private final class Collection implements Exchange {
    private final int collection;
    private final boolean byLocalIndex;

    Collection(int collection, boolean byLocalIndex) {
      this.collection = collection;
      this.byLocalIndex = byLocalIndex;
    }

    @Override
    public ApiRequest request() {
      return Requests.query(
          TABLE,
          byLocalIndex ? "by-s" : null,
          true,
          "p = :p",
          parameters(":p", text(NAMES.get(collection))));
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      List<Item> items = ((QueryResponse) response).items();
      for (int place = 0; place < COLLECTION_ITEMS; place++) {
        Item found = find(items == null ? List.of() : items, place);
        // An item may be missing from the index for want of a key.
        if (found != null || !byLocalIndex) {
          record(
              new Key(collection, place),
              start,
              end,
              new RegisterOperation.Read(),
              new Outcome.Done(number(found, "a")));
        }
      }
    }

    private static @Nullable Item find(List<Item> items, int place) {
      for (Item item : items) {
        if (number(item, "c").equals(Optional.of((long) place))) {
          return item;
        }
      }
      return null;
    }

    @Override
    public void refused(ApiError error, long start, long end) {}

    @Override
    public void unknown(long start) {}
  }

  /** The key of an item as {@link Writes} names it. */
  static String name(Item item) {
    return Writes.name(TABLE, text(item, "p") + "/" + number(item, "c").orElse(-1L));
  }
}
