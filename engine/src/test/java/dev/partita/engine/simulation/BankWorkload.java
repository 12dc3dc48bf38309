package dev.partita.engine.simulation;

import static dev.partita.engine.simulation.Values.number;
import static dev.partita.engine.simulation.Values.parameters;
import static dev.partita.engine.simulation.Values.text;

import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.api.TransactWriteItem;
import java.util.ArrayList;
import java.util.List;

/** Accounts between which money is moved: there is always as much of it. */
final class BankWorkload implements Workload {
  static final String TABLE = "accounts";

  private static final int ACCOUNTS = 8;
  private static final List<String> NAMES = KeyNames.of("account-", ACCOUNTS);
  private static final long FIRST_BALANCE = 100;

  private final Writes writes;
  private boolean opened;
  private int reads;

  BankWorkload(Writes writes) {
    this.writes = writes;
  }

  static CreateTableRequest table() {
    return Requests.createTable(
        TABLE, List.of(Requests.attribute("p", AttributeType.S)), Requests.key("p"), null, null);
  }

  /** Opens the accounts; nobody may use them before. */
  List<Exchange> open() {
    List<Exchange> puts = new ArrayList<>();
    for (int account = 0; account < ACCOUNTS; account++) {
      long write = writes.begin(name(key(account)));
      puts.add(
          new Transfer(
              List.of(write),
              Requests.put(
                  TABLE,
                  Values.item(
                      "p", text(NAMES.get(account)),
                      "n", number(FIRST_BALANCE),
                      "w", number(write)),
                  null,
                  null)));
    }
    opened = true;
    return puts;
  }

  /** How many times all accounts were read at once. */
  int reads() {
    return reads;
  }

  /** A read of all accounts. */
  Exchange readAll() {
    return new ReadAll();
  }

  private static Item key(int account) {
    return Values.item("p", text(NAMES.get(account)));
  }

  static String name(Item item) {
    return Writes.name(TABLE, text(item, "p"));
  }

  @Override
  public Exchange next(Dice dice) {
    if (!opened || dice.percent(30)) {
      return new ReadAll();
    }
    int from = dice.below(ACCOUNTS);
    int to = (from + 1 + dice.below(ACCOUNTS - 1)) % ACCOUNTS;
    long amount = dice.between(1, 60);
    long written = writes.begin(name(key(from)));
    long alsoWritten = writes.begin(name(key(to)));
    return new Transfer(
        List.of(written, alsoWritten),
        Requests.transaction(
            List.of(
                new TransactWriteItem.Update(
                    TABLE,
                    key(from),
                    "SET n = n - :n, w = :w",
                    "n >= :n",
                    null,
                    parameters(":n", number(amount), ":w", number(written)),
                    null),
                new TransactWriteItem.Update(
                    TABLE,
                    key(to),
                    "SET n = n + :n, w = :w",
                    null,
                    null,
                    parameters(":n", number(amount), ":w", number(alsoWritten)),
                    null)),
            null));
  }

  private final class Transfer implements Exchange {
    private final List<Long> written;
    private final ApiRequest request;

    Transfer(List<Long> written, ApiRequest request) {
      this.written = written;
      this.request = request;
    }

    @Override
    public ApiRequest request() {
      return request;
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      written.forEach(write -> writes.end(write, Writes.Fate.DONE));
    }

    @Override
    public void refused(ApiError error, long start, long end) {
      written.forEach(write -> writes.end(write, Writes.Fate.REFUSED));
    }

    @Override
    public void unknown(long start) {}
  }

  private final class ReadAll implements Exchange {
    @Override
    public ApiRequest request() {
      List<TransactGetItem> accounts = new ArrayList<>();
      for (int account = 0; account < ACCOUNTS; account++) {
        accounts.add(new TransactGetItem(TABLE, key(account), null, null));
      }
      return Requests.transaction(accounts);
    }

    @Override
    public void completed(ApiResponse response, long start, long end) {
      long sum = 0;
      for (ItemResponse account : ((TransactGetItemsResponse) response).responses()) {
        long balance = number(account.item(), "n").orElse(0L);
        if (balance < 0) {
          throw new SimulationFailure("an account holds " + balance);
        }
        sum += balance;
      }
      if (sum != ACCOUNTS * FIRST_BALANCE) {
        throw new SimulationFailure("the bank holds " + sum);
      }
      reads++;
    }

    @Override
    public void refused(ApiError error, long start, long end) {}

    @Override
    public void unknown(long start) {}
  }
}
