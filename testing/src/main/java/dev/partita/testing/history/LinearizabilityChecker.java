package dev.partita.testing.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides whether a history is linearizable. The search is that of Wing and Gong ("Testing and
 * verifying concurrent objects", 1993) with Lowe's memory of visited states ("Testing for
 * linearizability", 2017).
 */
public final class LinearizabilityChecker {

  private final long stepsMax;

  /**
   * @param stepsMax how many steps the search for one item may take
   */
  public LinearizabilityChecker(long stepsMax) {
    this.stepsMax = stepsMax;
  }

  /** Judges all items, which are missing at first; the first bad verdict is the answer. */
  public Verdict check(List<RecordedOperation> history) {
    SortedMap<String, List<RecordedOperation>> items = new TreeMap<>();
    for (RecordedOperation operation : history) {
      items.computeIfAbsent(operation.item(), item -> new ArrayList<>()).add(operation);
    }
    for (var item : items.entrySet()) {
      Verdict verdict = new Search(item.getKey(), item.getValue()).run();
      if (!(verdict instanceof Verdict.Linearizable)) {
        return verdict;
      }
    }
    return new Verdict.Linearizable();
  }

  /** Which operations have been placed, and what the item holds then. */
  private record Visited(BitSet placed, Optional<Long> number) {}

  /** An operation that was placed, and what the item held before it. */
  private record Placed(int operation, Optional<Long> before) {}

  /** The search for an order of the operations on one item. */
  private final class Search {

    private final String item;
    private final List<RecordedOperation> operations;
    private final BitSet placed = new BitSet();
    private final Deque<Placed> order = new ArrayDeque<>();
    private final Set<Visited> visited = new HashSet<>();
    private Optional<Long> number = Optional.empty();
    private int mustBePlaced;
    private List<RecordedOperation> longest = List.of();

    Search(String item, List<RecordedOperation> operations) {
      this.item = item;
      this.operations =
          operations.stream().sorted((a, b) -> Long.compare(a.start(), b.start())).toList();
      for (RecordedOperation operation : operations) {
        mustBePlaced += isKnown(operation) ? 1 : 0;
      }
    }

    private static boolean isKnown(RecordedOperation operation) {
      return !(operation.outcome() instanceof Outcome.Unknown);
    }

    Verdict run() {
      long steps = 0;
      int next = 0;
      while (mustBePlaced > 0) {
        if (steps++ > stepsMax) {
          return new Verdict.GivenUp(item, steps);
        }
        int candidate = candidate(next);
        if (candidate >= 0) {
          next = place(candidate) ? 0 : candidate + 1;
          continue;
        }
        if (order.isEmpty()) {
          return new Verdict.Violated(item, longest, contradiction());
        }
        next = takeBack() + 1;
      }
      return new Verdict.Linearizable();
    }

    /**
     * The first operation from that place on that may come next: not placed, begun before every
     * other unplaced one has ended, and with an answer that fits. -1 if there is none.
     */
    private int candidate(int from) {
      long firstEnd = firstEnd();
      for (int i = from; i < operations.size(); i++) {
        RecordedOperation operation = operations.get(i);
        if (operation.start() > firstEnd) {
          return -1;
        }
        if (!placed.get(i) && operation.operation().allows(number, operation.outcome())) {
          return i;
        }
      }
      return -1;
    }

    /** When the first of the unplaced operations has ended. */
    private long firstEnd() {
      long first = Long.MAX_VALUE;
      for (int i = placed.nextClearBit(0); i < operations.size(); i = placed.nextClearBit(i + 1)) {
        RecordedOperation operation = operations.get(i);
        if (operation.start() > first) {
          break;
        }
        if (isKnown(operation)) {
          first = Math.min(first, operation.end());
        }
      }
      return first;
    }

    /** Places the operation, unless that leads to what was visited before. */
    private boolean place(int index) {
      RecordedOperation operation = operations.get(index);
      Optional<Long> before = number;
      Optional<Long> after = operation.operation().apply(before);
      placed.set(index);
      if (!visited.add(new Visited((BitSet) placed.clone(), after))) {
        placed.clear(index);
        return false;
      }
      order.push(new Placed(index, before));
      number = after;
      mustBePlaced -= isKnown(operation) ? 1 : 0;
      if (order.size() > longest.size()) {
        longest = inOrder();
      }
      return true;
    }

    private int takeBack() {
      Placed last = order.pop();
      placed.clear(last.operation());
      number = last.before();
      mustBePlaced += isKnown(operations.get(last.operation())) ? 1 : 0;
      return last.operation();
    }

    private List<RecordedOperation> inOrder() {
      List<RecordedOperation> inOrder = new ArrayList<>();
      order.descendingIterator().forEachRemaining(p -> inOrder.add(operations.get(p.operation())));
      return inOrder;
    }

    /** After the longest order: the operations that were under way when the first of them ended. */
    private List<RecordedOperation> contradiction() {
      List<RecordedOperation> rest =
          operations.stream().filter(operation -> !longest.contains(operation)).toList();
      long firstEnd =
          rest.stream()
              .filter(operation -> isKnown(operation))
              .mapToLong(RecordedOperation::end)
              .min()
              .orElse(Long.MAX_VALUE);
      return rest.stream().filter(operation -> operation.start() < firstEnd).toList();
    }
  }
}
