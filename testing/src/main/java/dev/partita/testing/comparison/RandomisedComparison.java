package dev.partita.testing.comparison;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.OperationGenerator;
import dev.partita.testing.generator.Universe;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.DeleteTable;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.UndecidedException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sends random operations to a server and compares every answer with the reference model's. The
 * server's tables whose names begin with the prefix are deleted, made anew and deleted at the end.
 */
public final class RandomisedComparison {

  private final Endpoint server;
  private final Universe universe;
  private final int replaysMax;
  private final Duration patience;

  /**
   * @param server the server under test; nobody else may use the tables
   * @param tablePrefix what the names of the tables begin with, 3 to 200 characters of a-z, A-Z,
   *     0-9, _, - and .
   * @param replaysMax how often a failed run is repeated with fewer operations, to find a short one
   * @param patience how long global indexes and streams may lag behind their tables
   */
  public RandomisedComparison(
      Endpoint server, String tablePrefix, int replaysMax, Duration patience) {
    this.server = server;
    this.universe = new Universe(tablePrefix);
    this.replaysMax = replaysMax;
    this.patience = patience;
  }

  /**
   * Compares that many operations, or fewer if one disagrees, and then all indexes and streams.
   *
   * @throws EndpointUnavailableException if the server does not answer properly
   */
  public ComparisonResult run(long seed, int operations) {
    OperationGenerator generator = new OperationGenerator(universe, seed);
    List<GeneratedOperation> done = new ArrayList<>();
    SortedMap<String, Integer> outcomes = new TreeMap<>();
    Player player = new Player(patience);
    int undecided = 0;
    Deque<GeneratedOperation> last = new ArrayDeque<>(generator.inspections());
    while (done.size() < operations || !last.isEmpty()) {
      GeneratedOperation operation = done.size() < operations ? generator.next() : last.remove();
      Optional<Exchange.Answers> answers = player.play(operation);
      if (answers.isEmpty()) {
        undecided++;
        continue;
      }
      done.add(operation);
      String outcome = answers.get().expected().errorType();
      outcomes.merge(
          operation.operation().name() + " " + (outcome.isEmpty() ? "success" : outcome),
          1,
          Integer::sum);
      if (answers.get().difference().isPresent()) {
        Disagreement found = disagreement(done, answers.get());
        return new ComparisonResult(
            seed, done.size(), undecided, outcomes, Optional.of(shrunk(found)));
      }
    }
    new TableLifecycle(server).remove(universe);
    return new ComparisonResult(seed, done.size(), undecided, outcomes, Optional.empty());
  }

  private static Disagreement disagreement(
      List<GeneratedOperation> done, Exchange.Answers answers) {
    return new Disagreement(
        answers.difference().orElseThrow(),
        done.subList(0, done.size() - 1),
        done.getLast(),
        answers.expected(),
        answers.actual());
  }

  /** Plays operations on new tables, on both sides. */
  private final class Player {

    private final TableLifecycle lifecycle = new TableLifecycle(server);
    private final Exchange exchange;

    Player(Duration patience) {
      lifecycle.reset(universe);
      ReferenceModel model = new ReferenceModel(Mutation.NONE);
      universe.tables().forEach(table -> model.execute(new CreateTable(table)));
      this.exchange = new Exchange(universe, model, server, patience);
    }

    /** The answers; empty if the right one is not known. */
    Optional<Exchange.Answers> play(GeneratedOperation operation) {
      try {
        Exchange.Answers answers = exchange.run(operation);
        if (operation.operation() instanceof DeleteTable delete && answers.expected().succeeded()) {
          lifecycle.awaitGone(delete.table());
          Operation again = new CreateTable(universe.table(delete.table()));
          exchange.run(new GeneratedOperation(again, 0));
          lifecycle.awaitActive(delete.table());
        }
        return Optional.of(answers);
      } catch (UndecidedException undecided) {
        return Optional.empty();
      }
    }
  }

  /** The same operations on new tables: the first disagreement, if there is one. */
  private Optional<Disagreement> replay(List<GeneratedOperation> operations) {
    // What has not come by then will not come for a shorter run either, nearly always.
    Player player = new Player(patience.dividedBy(5));
    List<GeneratedOperation> done = new ArrayList<>();
    for (GeneratedOperation operation : operations) {
      Optional<Exchange.Answers> answers = player.play(operation);
      done.add(operation);
      if (answers.isPresent() && answers.get().difference().isPresent()) {
        return Optional.of(disagreement(done, answers.get()));
      }
    }
    return Optional.empty();
  }

  /**
   * A disagreement with fewer operations before it: those that can be left out in halves, quarters
   * and so on, as far as the allowed number of replays goes.
   */
  private Disagreement shrunk(Disagreement found) {
    int replays = 0;
    Disagreement best = found;
    int chunk = Math.max(1, best.before().size() / 2);
    while (replays < replaysMax && !best.before().isEmpty()) {
      boolean shorter = false;
      for (int end = best.before().size(); end > 0 && replays < replaysMax; end -= chunk) {
        List<GeneratedOperation> fewer = new ArrayList<>(best.before());
        fewer.subList(Math.max(0, end - chunk), Math.min(end, fewer.size())).clear();
        fewer.add(best.operation());
        replays++;
        Optional<Disagreement> again = replay(fewer);
        if (again.isPresent()) {
          best = again.get();
          end = Math.min(end, best.before().size() + chunk);
          shorter = true;
        }
      }
      if (chunk == 1 && !shorter) {
        break;
      }
      chunk = Math.max(1, chunk / 2);
    }
    return best;
  }
}
