package dev.partita.testing.history;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.comparison.EndpointUnavailableException;
import dev.partita.testing.generator.Choices;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that work on a few items at the same time, and the history of what they did.
 *
 * <p>The endpoints must send each request once: a request that is sent again after an unknown
 * outcome may happen twice.
 */
public final class ConcurrentWorkload {

  private final List<Endpoint> endpoints;
  private final String table;
  private final int items;
  private final AtomicLong time = new AtomicLong();
  private final List<RecordedOperation> history = Collections.synchronizedList(new ArrayList<>());

  /**
   * @param endpoints one or several ways into one database; clients choose at random
   * @param table its name; items are expected to be missing
   * @param items how many items the clients share
   */
  public ConcurrentWorkload(List<Endpoint> endpoints, String table, int items) {
    this.endpoints = List.copyOf(endpoints);
    this.table = table;
    this.items = items;
  }

  /** Asks for the table; it may take a moment to become ACTIVE. */
  public Reply createTable() {
    return endpoints
        .getFirst()
        .send(new GeneratedOperation(new CreateTable(ItemRegister.table(table)), 0));
  }

  /**
   * Runs the clients to the end and answers with the history of all runs so far.
   *
   * @throws IllegalStateException if a client met an answer that it must not get, or took longer
   *     than the deadline
   */
  public List<RecordedOperation> run(
      int clients, int operationsPerClient, long seed, Duration deadline) {
    List<Runnable> all = new ArrayList<>();
    for (int client = 0; client < clients; client++) {
      Client one = new Client(client, new Choices(seed + client));
      all.add(() -> one.run(operationsPerClient));
    }
    ClientThreads.run(all, deadline);
    return List.copyOf(history);
  }

  /** One client: one operation after the other. */
  private final class Client {

    private final Choices choices;

    /** Every number is written by one operation only, so that reads tell much. */
    private long nextNumber;

    /** What this client saw last in each item: a good guess for compare-and-set. */
    private final List<Optional<Long>> seen = new ArrayList<>();

    Client(int client, Choices choices) {
      this.choices = choices;
      this.nextNumber = (client + 1) * 1_000_000_000L;
      for (int item = 0; item < items; item++) {
        seen.add(Optional.empty());
      }
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        int item = choices.below(items);
        RegisterOperation operation = operation(seen.get(item));
        GeneratedOperation request =
            ItemRegister.request(table, "item-" + item, operation, choices.seed());
        Endpoint endpoint = choices.oneOf(endpoints);
        long start = time.incrementAndGet();
        Optional<Outcome> outcome = send(endpoint, request);
        long end = time.incrementAndGet();
        if (outcome.isPresent()) {
          history.add(new RecordedOperation("item-" + item, start, end, operation, outcome.get()));
          remember(item, operation, outcome.get());
        }
      }
    }

    private static Optional<Outcome> send(Endpoint endpoint, GeneratedOperation request) {
      try {
        return ItemRegister.outcome(endpoint.send(request));
      } catch (EndpointUnavailableException unknown) {
        return Optional.of(new Outcome.Unknown());
      }
    }

    private void remember(int item, RegisterOperation operation, Outcome outcome) {
      switch (outcome) {
        case Outcome.Unknown unknown -> {}
        case Outcome.Refused refused -> seen.set(item, refused.seen());
        case Outcome.Done done ->
            seen.set(
                item,
                switch (operation) {
                  case RegisterOperation.Read read -> done.answer();
                  case RegisterOperation.Add add -> done.answer();
                  case RegisterOperation.Write write -> Optional.of(write.number());
                  case RegisterOperation.CompareAndSet swap -> Optional.of(swap.number());
                  case RegisterOperation.Delete delete -> Optional.empty();
                });
      }
    }

    private RegisterOperation operation(Optional<Long> guess) {
      return switch (choices.below(20)) {
        case 0 -> new RegisterOperation.Delete();
        case 1, 2, 3 -> new RegisterOperation.Write(nextNumber += 1_000);
        case 4, 5, 6, 7, 8 -> new RegisterOperation.CompareAndSet(guess, nextNumber += 1_000);
        case 9, 10, 11 -> new RegisterOperation.Add(1 + choices.below(9));
        default -> new RegisterOperation.Read();
      };
    }
  }
}
