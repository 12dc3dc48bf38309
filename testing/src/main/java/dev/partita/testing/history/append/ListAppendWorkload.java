package dev.partita.testing.history.append;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.generator.Choices;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.history.ClientThreads;
import dev.partita.testing.history.TransactionClient;
import dev.partita.testing.history.TransactionOutcome;
import dev.partita.testing.history.append.ListAction.Append;
import dev.partita.testing.history.append.ListAction.Read;
import dev.partita.testing.history.append.ListTransaction.Result;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.TransactWrite;
import dev.partita.testing.reference.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that append to a few lists and read them at the same time: by transactions over several
 * lists, some of which demand that lists are still as they were read, and by single operations.
 * Lists are replaced by new ones when they are long.
 *
 * <p>The endpoint must send each request once.
 */
public final class ListAppendWorkload {

  /** As many attempts at one transaction as a server that is started anew may need. */
  private static final int ATTEMPTS_MAX = 400;

  private static final int LAST_READ_ATTEMPTS_MAX = 2_000;
  private static final int LENGTH_MAX = 30;

  private final Endpoint endpoint;
  private final StoredLists stored;
  private final TransactionClient client;
  private final int listsAtOnce;
  private final AtomicLong time = new AtomicLong();
  private final AtomicLong nextElement = new AtomicLong();
  private final AtomicInteger nextNumber = new AtomicInteger();
  private final List<ListTransaction> history = Collections.synchronizedList(new ArrayList<>());

  /** How many appends each place has seen; a list of a place lives for some of them. */
  private final List<AtomicInteger> appends = new ArrayList<>();

  /**
   * @param endpoint the way into the database
   * @param tablePrefix what the names of its tables begin with
   * @param tables how many tables hold the lists
   * @param listsAtOnce how many lists are worked on at the same time
   */
  public ListAppendWorkload(Endpoint endpoint, String tablePrefix, int tables, int listsAtOnce) {
    this.endpoint = endpoint;
    this.stored = new StoredLists(tablePrefix, tables);
    this.client = new TransactionClient(endpoint, ATTEMPTS_MAX);
    this.listsAtOnce = listsAtOnce;
    for (int place = 0; place < listsAtOnce; place++) {
      appends.add(new AtomicInteger());
    }
  }

  /** Asks for the tables; they may take a moment to become ACTIVE. */
  public List<Reply> createTables() {
    return stored.tables().stream()
        .map(table -> endpoint.send(new GeneratedOperation(new CreateTable(table), 0)))
        .toList();
  }

  /**
   * Runs the clients to the end, reads all lists once more and answers with the history of all runs
   * so far.
   *
   * @throws IllegalStateException if a client met an answer that it must not get, or took longer
   *     than the deadline
   */
  public List<ListTransaction> run(
      int clients, int operationsPerClient, long seed, Duration deadline) {
    List<Runnable> all = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      Client one = new Client(new Choices(seed + i));
      all.add(() -> one.run(operationsPerClient));
    }
    ClientThreads.run(all, deadline);
    for (int place = 0; place < listsAtOnce; place++) {
      for (int life = 0; life <= appends.get(place).get() / LENGTH_MAX; life++) {
        readLast(name(place, life));
      }
    }
    return List.copyOf(history);
  }

  private static String name(int place, int life) {
    return "list-" + place + "-" + life;
  }

  private void readLast(String list) {
    for (int attempt = 0; attempt < LAST_READ_ATTEMPTS_MAX; attempt++) {
      if (readAlone(list, 0).isPresent()) {
        return;
      }
      ClientThreads.pause(2);
    }
    throw new IllegalStateException("the list " + list + " cannot be read");
  }

  private void record(long start, Result result, List<ListAction> actions) {
    record(start, result, false, actions);
  }

  private void record(long start, Result result, boolean alone, List<ListAction> actions) {
    long end = time.incrementAndGet();
    history.add(
        new ListTransaction(nextNumber.incrementAndGet(), start, end, result, alone, actions));
  }

  private static Result result(TransactionOutcome outcome) {
    return switch (outcome) {
      case TransactionOutcome.Done done -> Result.COMMITTED;
      case TransactionOutcome.Cancelled cancelled -> Result.ABORTED;
      case TransactionOutcome.Unknown unknown -> Result.UNKNOWN;
    };
  }

  /** Reads a list by a single operation; empty if that did not succeed. */
  private Optional<List<Long>> readAlone(String list, long style) {
    long start = time.incrementAndGet();
    TransactionOutcome outcome = client.once(stored.readAlone(list), style);
    if (!(outcome instanceof TransactionOutcome.Done done)) {
      return Optional.empty();
    }
    List<Long> elements = StoredLists.elementsAlone(done.reply());
    record(start, Result.COMMITTED, true, List.of(new Read(list, elements)));
    return Optional.of(elements);
  }

  /** One client: one transaction after the other. */
  private final class Client {

    private final Choices choices;

    Client(Choices choices) {
      this.choices = choices;
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        switch (choices.below(20)) {
          case 0, 1, 2 -> readAlone(lists(1).getFirst(), choices.seed());
          case 3, 4, 5 -> appendAlone(lists(1).getFirst());
          case 6, 7, 8, 9 -> write(lists(1 + choices.below(4)), Map.of());
          case 10, 11, 12, 13, 14 -> read(lists(1 + choices.below(4)));
          default -> readAndWrite();
        }
      }
    }

    /** Some of the lists that are worked on at the moment. */
    private List<String> lists(int count) {
      List<Integer> places = new ArrayList<>();
      for (int place = 0; place < listsAtOnce; place++) {
        places.add(place);
      }
      return choices.shuffled(places).stream()
          .limit(count)
          .map(place -> name(place, appends.get(place).get() / LENGTH_MAX))
          .toList();
    }

    /** One or two new elements for a list. */
    private List<Long> elements(String list) {
      List<Long> elements = new ArrayList<>();
      for (int i = choices.percent(20) ? 2 : 1; i > 0; i--) {
        elements.add(nextElement.incrementAndGet());
      }
      appends.get(Integer.parseInt(list.split("-", -1)[1])).addAndGet(elements.size());
      return elements;
    }

    private void appendAlone(String list) {
      List<Long> elements = elements(list);
      List<ListAction> actions = new ArrayList<>();
      elements.forEach(element -> actions.add(new Append(list, element)));
      long start = time.incrementAndGet();
      TransactionOutcome outcome = client.once(stored.appendAlone(list, elements), choices.seed());
      if (outcome instanceof TransactionOutcome.Done done) {
        actions.add(new Read(list, StoredLists.elementsAlone(done.reply())));
      }
      record(start, result(outcome), actions);
    }

    /** Reads lists; empty if that did not succeed. */
    private Optional<Map<String, List<Long>>> read(List<String> lists) {
      long start = time.incrementAndGet();
      TransactionOutcome outcome =
          client.read(lists.stream().map(stored::read).toList(), choices.seed());
      if (!(outcome instanceof TransactionOutcome.Done done)) {
        return Optional.empty();
      }
      List<List<Long>> found = StoredLists.elements(done.reply());
      List<ListAction> actions = new ArrayList<>();
      Map<String, List<Long>> seen = new HashMap<>();
      for (int i = 0; i < lists.size(); i++) {
        actions.add(new Read(lists.get(i), found.get(i)));
        seen.put(lists.get(i), found.get(i));
      }
      record(start, Result.COMMITTED, actions);
      return Optional.of(seen);
    }

    /**
     * Appends to lists, and demands that some lists are as they were seen, whether it appends to
     * them or not.
     */
    private void write(List<String> lists, Map<String, List<Long>> demands) {
      List<TransactWrite> writes = new ArrayList<>();
      List<ListAction> demanded = new ArrayList<>();
      List<ListAction> appended = new ArrayList<>();
      demands.forEach((list, seen) -> {
        demanded.add(new Read(list, seen));
        if (!lists.contains(list)) {
          writes.add(stored.check(list, seen));
        }
      });
      for (String list : lists) {
        List<Long> elements = elements(list);
        elements.forEach(element -> appended.add(new Append(list, element)));
        writes.add(stored.append(list, elements, Optional.ofNullable(demands.get(list))));
      }
      List<ListAction> actions = new ArrayList<>(demanded);
      actions.addAll(appended);
      long start = time.incrementAndGet();
      TransactionOutcome outcome =
          client.write(choices.shuffled(writes), UUID.randomUUID().toString(), choices.seed());
      record(start, result(outcome), actions);
    }

    /** Reads some lists, and appends to others on the condition that those are unchanged. */
    private void readAndWrite() {
      List<String> lists = lists(2 + choices.below(2));
      Optional<Map<String, List<Long>>> seen = read(lists);
      if (seen.isPresent()) {
        List<String> written = new ArrayList<>(lists.subList(0, 1));
        if (choices.percent(30)) {
          written.add(lists.get(1));
        }
        Map<String, List<Long>> demands = new HashMap<>(seen.get());
        if (choices.percent(50)) {
          // Without a demand on what it appends to, it is write skew that must not be.
          written.forEach(demands::remove);
        }
        write(written, demands);
      }
    }
  }
}
