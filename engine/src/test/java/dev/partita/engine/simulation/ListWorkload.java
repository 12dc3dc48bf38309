package dev.partita.engine.simulation;

import static dev.partita.engine.simulation.Values.number;
import static dev.partita.engine.simulation.Values.numbers;
import static dev.partita.engine.simulation.Values.parameters;
import static dev.partita.engine.simulation.Values.text;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.testing.history.append.ListAction;
import dev.partita.testing.history.append.ListTransaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that append to lists and demand that others are still as they were read. Their
 * history must be serializable, in the order of real time.
 */
final class ListWorkload implements Workload {
  static final String TABLE = "lists";

  private static final int LISTS = 6;
  private static final List<String> NAMES = KeyNames.of("list-", LISTS);
  private static final int LENGTH_MAX = 25;
  private static final int ATTEMPTS_MAX = 6;
  private static final String APPEND =
      "SET l = list_append(if_not_exists(l, :none), :new), w = :w, x = :x";
  private static final String IS = "l = :is";
  private static final String IS_ABSENT = "attribute_not_exists(p)";

  private final Writes writes;
  private final List<ListTransaction> history = new ArrayList<>();
  private final Map<String, List<Long>> seen = new TreeMap<>();
  private final Map<String, Integer> appends = new TreeMap<>();

  /** The lists that may have something in them. */
  private final Set<String> lists = new LinkedHashSet<>();

  private @Nullable Append finished;
  private int transactions;
  private int tokens;
  private int replays;

  ListWorkload(Writes writes) {
    this.writes = writes;
  }

  static CreateTableRequest table() {
    return Requests.createTable(
        TABLE,
        List.of(Requests.attribute("p", AttributeType.S), Requests.attribute("x", AttributeType.S)),
        Requests.key("p"),
        null,
        List.of(Requests.globalIndex("by-x", Requests.key("x"), ProjectionType.ALL)));
  }

  List<ListTransaction> history() {
    return history;
  }

  /** How many requests were repeated with their tokens. */
  int replays() {
    return replays;
  }

  /** Reads of all lists, one by one. */
  List<Exchange> readAll() {
    return lists.stream().<Exchange>map(list -> new ReadAtOnce(List.of(list))).toList();
  }

  @Override
  public Exchange next(Dice dice) {
    Append last = finished;
    if (last != null && dice.percent(8)) {
      finished = null;
      return dice.percent(50) ? new Mismatch(last) : last.again();
    }
    List<String> chosen = new ArrayList<>();
    int first = dice.below(LISTS);
    for (int place = 0; place < dice.between(1, 4); place++) {
      chosen.add(list((first + place) % LISTS));
    }
    return dice.percent(30) ? new ReadAtOnce(chosen) : new Append(chosen, dice);
  }

  /** A list is replaced by a new one when it is long. */
  private String list(int place) {
    String name = NAMES.get(place);
    String list = name + "-" + appends.getOrDefault(name, 0) / LENGTH_MAX;
    lists.add(list);
    return list;
  }

  private static Item key(String list) {
    return Values.item("p", text(list));
  }

  static String name(Item item) {
    return Writes.name(TABLE, text(item, "p"));
  }

  private void record(
      int number, long start, long end, ListTransaction.Result result, List<ListAction> actions) {
    history.add(new ListTransaction(number, start, end, result, actions));
  }

  /** A transaction that appends; repeated with its token until it is known what became of it. */
  private final class Append implements Exchange {
    private final int number = transactions++;
    private final List<TransactWriteItem> items = new ArrayList<>();
    private final List<ListAction> actions = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final @Nullable String token;
    private boolean ended;
    private boolean mayBeDone;
    private int attempts;
    private long firstStart = -1;
    private boolean repeat;

    Append(List<String> chosen, Dice dice) {
      this.token = dice.percent(60) ? "token-" + tokens++ : null;
      for (int place = 0; place < chosen.size(); place++) {
        String list = chosen.get(place);
        List<Long> expected = seen.getOrDefault(list, List.of());
        boolean demands = dice.percent(25);
        if (demands) {
          actions.add(new ListAction.Read(list, expected));
        }
        if (demands && place > 0 && dice.percent(50)) {
          items.add(check(list, expected));
        } else {
          items.add(append(list, demands ? expected : null));
        }
      }
    }

    private static TransactWriteItem check(String list, List<Long> expected) {
      boolean absent = expected.isEmpty();
      return new TransactWriteItem.ConditionCheck(
          TABLE,
          key(list),
          absent ? IS_ABSENT : IS,
          null,
          absent ? null : parameters(":is", numbers(expected)),
          null);
    }

    private TransactWriteItem append(String list, @Nullable List<Long> expected) {
      appends.merge(list.substring(0, list.lastIndexOf('-')), 1, Integer::sum);
      long write = writes.begin(Writes.name(TABLE, list));
      numbers.add(write);
      actions.add(new ListAction.Append(list, write));
      Map<String, AttributeValue> values =
          new TreeMap<>(
              parameters(
                  ":none", numbers(List.of()),
                  ":new", numbers(List.of(write)),
                  ":w", number(write),
                  ":x", text("x" + write % 3)));
      String condition = null;
      if (expected != null) {
        condition = expected.isEmpty() ? IS_ABSENT : IS;
        if (!expected.isEmpty()) {
          values.put(":is", numbers(expected));
        }
      }
      return new TransactWriteItem.Update(TABLE, key(list), APPEND, condition, null, values, null);
    }

    /** The same request once more, now that it has succeeded. */
    Exchange again() {
      repeat = false;
      attempts = 0;
      replays++;
      return this;
    }

    @Override
    public ApiRequest request() {
      return Requests.transaction(items, token);
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      repeat = false;
      if (ended) {
        return;
      }
      ended = true;
      numbers.forEach(write -> writes.end(write, Writes.Fate.DONE));
      record(number, first(start), end, ListTransaction.Result.COMMITTED, actions);
      if (token != null) {
        finished = this;
      }
    }

    private long first(long start) {
      firstStart = firstStart < 0 ? start : firstStart;
      return firstStart;
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      first(start);
      boolean canceled = error.type() == ErrorType.TRANSACTION_CANCELED;
      if (!canceled && !Exchange.isTransient(error)) {
        throw new SimulationFailure("a transaction got " + error);
      }
      if (ended && canceled) {
        throw new SimulationFailure("a token of a transaction that is done got " + error);
      }
      if (error.type() == ErrorType.TRANSACTION_IN_PROGRESS) {
        mayBeDone = true;
      }
      repeat = mayBeDone && !canceled && token != null && attempts++ < ATTEMPTS_MAX;
      if (!repeat && !ended) {
        giveUp(start, end);
      }
    }

    @Override
    public void unknown(long start) {
      first(start);
      mayBeDone = true;
      repeat = token != null && attempts++ < ATTEMPTS_MAX;
      if (!repeat && !ended) {
        giveUp(start, start + 1);
      }
    }

    private void giveUp(long start, long end) {
      ended = true;
      if (!mayBeDone) {
        numbers.forEach(write -> writes.end(write, Writes.Fate.REFUSED));
      }
      record(
          number,
          first(start),
          end,
          mayBeDone ? ListTransaction.Result.UNKNOWN : ListTransaction.Result.ABORTED,
          actions);
    }

    @Override
    public @Nullable Exchange then() {
      if (repeat) {
        replays++;
      }
      return repeat ? this : null;
    }
  }

  /** Another request with the token of one that is done: it must be refused. */
  private static final class Mismatch implements Exchange {
    private final Append done;

    Mismatch(Append done) {
      this.done = done;
    }

    @Override
    public ApiRequest request() {
      return Requests.transaction(
          List.of(
              new TransactWriteItem.Put(
                  TABLE, Values.item("p", text("nobody")), null, null, null, null)),
          done.token);
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      throw new SimulationFailure("a token stood for two requests");
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      if (error.type() != ErrorType.IDEMPOTENT_PARAMETER_MISMATCH && !Exchange.isTransient(error)) {
        throw new SimulationFailure("a token with another request got " + error);
      }
    }

    @Override
    public void unknown(long start) {}
  }

  /** Several lists at one moment. */
  private final class ReadAtOnce implements Exchange {
    private final List<String> chosen;

    ReadAtOnce(List<String> chosen) {
      this.chosen = chosen;
    }

    @Override
    public ApiRequest request() {
      return Requests.transaction(
          chosen.stream().map(list -> new TransactGetItem(TABLE, key(list), null, null)).toList());
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      List<ListAction> actions = new ArrayList<>();
      List<ItemResponse> items = ((TransactGetItemsResponse) response).responses();
      for (int place = 0; place < chosen.size(); place++) {
        List<Long> elements = numbers(items.get(place).item(), "l");
        seen.put(chosen.get(place), elements);
        actions.add(new ListAction.Read(chosen.get(place), elements));
      }
      record(transactions++, start, end, ListTransaction.Result.COMMITTED, actions);
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      if (error.type() != ErrorType.TRANSACTION_CANCELED && !Exchange.isTransient(error)) {
        throw new SimulationFailure("a read at once got " + error);
      }
    }

    @Override
    public void unknown(long start) {}
  }
}
