package dev.partita.testing.history.bank;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.generator.Choices;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.history.ClientThreads;
import dev.partita.testing.history.TransactionClient;
import dev.partita.testing.history.TransactionOutcome;
import dev.partita.testing.history.bank.BankOperation.Result;
import dev.partita.testing.history.bank.BankOperation.Snapshot;
import dev.partita.testing.history.bank.BankOperation.Transfer;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.TransactGet;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that move money between the accounts of a bank at the same time, look at all accounts,
 * and now and then send a transfer again that was done already.
 *
 * <p>The endpoint must send each request once.
 */
public final class BankWorkload {

  /** As many attempts at one transfer as a server that is started anew may need. */
  private static final int ATTEMPTS_MAX = 400;

  private static final int SNAPSHOT_ATTEMPTS_MAX = 2_000;
  private static final long INITIAL_BALANCE = 50;

  private final Endpoint endpoint;
  private final Accounts accounts;
  private final TransactionClient client;
  private final AtomicLong time = new AtomicLong();
  private final List<BankOperation> history = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param endpoint the way into the database
   * @param tablePrefix what the names of its tables begin with
   * @param tables how many tables hold the accounts
   * @param accounts how many accounts there are, 2 to 100
   */
  public BankWorkload(Endpoint endpoint, String tablePrefix, int tables, int accounts) {
    this.endpoint = endpoint;
    this.accounts = new Accounts(tablePrefix, tables, accounts);
    this.client = new TransactionClient(endpoint, ATTEMPTS_MAX);
  }

  /** Asks for the tables; they may take a moment to become ACTIVE. */
  public List<Reply> createTables() {
    return accounts.tables().stream()
        .map(table -> endpoint.send(new GeneratedOperation(new CreateTable(table), 0)))
        .toList();
  }

  /** Opens all accounts. */
  public void open() {
    accounts
        .openings(INITIAL_BALANCE)
        .forEach(opening -> {
          TransactionOutcome outcome = client.once(opening, 0);
          if (!(outcome instanceof TransactionOutcome.Done)) {
            throw new IllegalStateException("an account cannot be opened: " + outcome);
          }
        });
  }

  /** The balances after {@link #open}. */
  public SortedMap<String, Long> initialBalances() {
    SortedMap<String, Long> balances = new TreeMap<>();
    accounts.names().forEach(account -> balances.put(account, INITIAL_BALANCE));
    return balances;
  }

  /**
   * Runs the clients to the end, looks at all accounts once more and answers with the history of
   * all runs so far.
   *
   * @throws IllegalStateException if a client met an answer that it must not get, or took longer
   *     than the deadline
   */
  public List<BankOperation> run(
      int clients, int operationsPerClient, long seed, Duration deadline) {
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Client one = new Client(new Choices(seed + i));
      all.add(() -> one.run(operationsPerClient));
    }
    ClientThreads.run(all, deadline);
    look(seed);
    return List.copyOf(history);
  }

  /** Looks at all accounts until it is not cancelled. */
  private void look(long style) {
    List<TransactGet> gets = accounts.looks();
    for (int attempt = 0; attempt < SNAPSHOT_ATTEMPTS_MAX; attempt++) {
      long start = time.incrementAndGet();
      TransactionOutcome outcome = client.read(gets, style);
      long end = time.incrementAndGet();
      if (outcome instanceof TransactionOutcome.Done done) {
        history.add(new Snapshot(start, end, accounts.balances(done.reply())));
        return;
      }
      ClientThreads.pause(2);
    }
    throw new IllegalStateException("the accounts cannot be looked at");
  }

  /** A transfer that was done. */
  private record Past(List<TransactWrite> writes, String token, long style) {}

  /** One client: one operation after the other. */
  private final class Client {

    private final Choices choices;
    private Optional<Past> past = Optional.empty();

    Client(Choices choices) {
      this.choices = choices;
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        int kind = choices.below(20);
        if (kind < 12) {
          transfer();
        } else if (kind < 18 || past.isEmpty()) {
          look(choices.seed());
        } else {
          repeat(past.get());
        }
      }
    }

    private void transfer() {
      SortedMap<String, Long> changes = changes();
      List<TransactWrite> writes = new ArrayList<>(accounts.transfer(changes));
      if (choices.percent(20)) {
        accounts.check(choices.oneOf(accounts.names()), changes).ifPresent(writes::add);
      }
      writes = choices.shuffled(writes);
      String token = UUID.randomUUID().toString();
      long style = choices.seed();
      long start = time.incrementAndGet();
      TransactionOutcome outcome = client.write(writes, token, style);
      long end = time.incrementAndGet();
      Result result =
          switch (outcome) {
            case TransactionOutcome.Done done -> Result.DONE;
            case TransactionOutcome.Cancelled cancelled -> Result.REFUSED;
            case TransactionOutcome.Unknown unknown -> Result.UNKNOWN;
          };
      history.add(new Transfer(start, end, changes, result));
      if (result == Result.DONE) {
        past = Optional.of(new Past(writes, token, style));
      }
    }

    /** From one account to one or two others. */
    private SortedMap<String, Long> changes() {
      List<String> names = choices.shuffled(accounts.names());
      SortedMap<String, Long> changes = new TreeMap<>();
      int receivers = names.size() > 2 && choices.percent(25) ? 2 : 1;
      long given = 0;
      for (int i = 1; i <= receivers; i++) {
        long amount = 1L + choices.below(20);
        changes.put(names.get(i), amount);
        given += amount;
      }
      changes.put(names.getFirst(), -given);
      return changes;
    }

    /** Must be answered as the first time, and move nothing. */
    private void repeat(Past done) {
      TransactionOutcome outcome = client.write(done.writes(), done.token(), done.style());
      if (outcome instanceof TransactionOutcome.Cancelled) {
        throw new IllegalStateException("a transfer that was done is done again: " + outcome);
      }
    }
  }
}
