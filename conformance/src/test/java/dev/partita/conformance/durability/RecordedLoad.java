package dev.partita.conformance.durability;

import static dev.partita.conformance.durability.TableClient.succeeded;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * Concurrent writers of items, and one thread that creates, changes and deletes tables, until the
 * server dies; again after its next start. Remembers what each asked for and what was acknowledged.
 */
final class RecordedLoad {
  /** The table of the items. */
  static final String TABLE = "load";

  /** The key of the one item that other tables hold. */
  static final String ONLY_KEY = "only";

  private static final int WRITERS = 8;
  private static final int KEYS_PER_WRITER = 25;
  private static final int BATCH_ITEMS_MAX = 8;
  private static final long JOIN_MILLIS_MAX = 30_000;

  private final LongSupplier now;
  private final SplittableRandom random;
  private final List<Map<String, History<Integer>>> itemsOfWriters = new ArrayList<>();
  private final Map<String, History<TableState>> tables = new LinkedHashMap<>();
  private final List<Thread> threads = new ArrayList<>();
  private final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();
  private int versions;
  private int tableNames;

  /**
   * @param now tells the present moment of the histories
   */
  RecordedLoad(LongSupplier now, long seed) {
    this.now = now;
    this.random = new SplittableRandom(seed);
    tables.put(TABLE, new History<>(TableState.ABSENT));
    for (int writer = 0; writer < WRITERS; writer++) {
      Map<String, History<Integer>> items = new TreeMap<>();
      for (int key = 0; key < KEYS_PER_WRITER; key++) {
        items.put("writer%d-%d".formatted(writer, key), new History<>(0));
      }
      itemsOfWriters.add(items);
    }
  }

  /** Starts the threads; they end when the server is gone. */
  void start(URI address) {
    TableClient client = new TableClient(address);
    History<TableState> table = Objects.requireNonNull(tables.get(TABLE));
    if (table.last().equals(TableState.ABSENT)) {
      ask(table, TableState.EMPTY, () -> succeeded(client.createTable(TABLE)));
    }
    for (Map<String, History<Integer>> items : itemsOfWriters) {
      SplittableRandom own = random.split();
      run(() -> write(client, items, own));
    }
    run(() -> changeTables(client));
  }

  private void run(Runnable endless) {
    threads.add(
        Thread.ofPlatform()
            .start(() -> {
              try {
                endless.run();
              } catch (UncheckedIOException serverIsGone) {
                return;
              } catch (RuntimeException unexpected) {
                failures.add(unexpected);
              }
            }));
  }

  /** Waits for the end of all threads, after the server was killed. */
  void join() throws InterruptedException {
    for (Thread thread : threads) {
      thread.join(JOIN_MILLIS_MAX);
      if (thread.isAlive()) {
        throw new IllegalStateException("a writer does not end although the server is gone");
      }
    }
    threads.clear();
    if (!failures.isEmpty()) {
      throw new IllegalStateException("the load failed", failures.peek());
    }
  }

  private void write(
      TableClient client, Map<String, History<Integer>> items, SplittableRandom own) {
    List<String> keys = List.copyOf(items.keySet());
    while (true) {
      String key = keys.get(own.nextInt(keys.size()));
      History<Integer> item = item(items, key);
      int version = nextVersion();
      switch (own.nextInt(10)) {
        case 0 -> ask(item, 0, () -> succeeded(client.delete(TABLE, key)));
        case 1, 2 -> ask(item, version, () -> succeeded(client.update(TABLE, key, version)));
        case 3 -> writeBatch(client, items, own, keys);
        default -> ask(item, version, () -> succeeded(client.put(TABLE, key, version)));
      }
    }
  }

  private void writeBatch(
      TableClient client,
      Map<String, History<Integer>> items,
      SplittableRandom own,
      List<String> keys) {
    Map<String, Integer> batch = new TreeMap<>();
    for (int count = own.nextInt(BATCH_ITEMS_MAX) + 1; count > 0; count--) {
      batch.put(keys.get(own.nextInt(keys.size())), own.nextInt(5) == 0 ? 0 : nextVersion());
    }
    long askedAt = now.getAsLong();
    batch.forEach((key, version) -> item(items, key).ask(version, askedAt));
    String answer = succeeded(client.putAll(TABLE, batch)).text();
    if (!answer.contains("\"UnprocessedItems\":{}")) {
      throw new IllegalStateException(answer);
    }
    long acknowledgedAt = now.getAsLong();
    batch.keySet().forEach(key -> item(items, key).acknowledge(acknowledgedAt));
  }

  private void changeTables(TableClient client) {
    while (true) {
      String name = "other-" + tableNames++;
      int version = nextVersion();
      History<TableState> table = new History<>(TableState.ABSENT);
      tables.put(name, table);
      ask(table, TableState.EMPTY, () -> succeeded(client.createTable(name)));
      client.settledTable(name);
      ask(
          table,
          new TableState(true, false, version),
          () -> succeeded(client.put(name, ONLY_KEY, version)));
      ask(table, new TableState(true, true, version), () -> succeeded(client.protect(name, true)));
      client.settledTable(name);
      if (tableNames % 2 == 0) {
        ask(
            table,
            new TableState(true, false, version),
            () -> succeeded(client.protect(name, false)));
        client.settledTable(name);
        ask(table, TableState.ABSENT, () -> succeeded(client.deleteTable(name)));
        client.settledTable(name);
      }
    }
  }

  private <T> void ask(History<T> history, T state, Runnable request) {
    history.ask(state, now.getAsLong());
    request.run();
    history.acknowledge(now.getAsLong());
  }

  private synchronized int nextVersion() {
    return ++versions;
  }

  private static History<Integer> item(Map<String, History<Integer>> items, String key) {
    return Objects.requireNonNull(items.get(key), key);
  }

  /** The histories of the items of {@link #TABLE}, by key. */
  Map<String, History<Integer>> items() {
    Map<String, History<Integer>> items = new TreeMap<>();
    itemsOfWriters.forEach(items::putAll);
    return items;
  }

  /** The histories of all tables, by name. */
  Map<String, History<TableState>> tables() {
    return tables;
  }

  /** All moments at which something was acknowledged. */
  List<Long> acknowledgements() {
    List<Long> moments = new ArrayList<>();
    items().values().forEach(item -> moments.addAll(item.acknowledgements()));
    tables.values().forEach(table -> moments.addAll(table.acknowledgements()));
    return moments;
  }
}
