package dev.partita.testing.history.append;

import dev.partita.testing.history.append.ListAction.Append;
import dev.partita.testing.history.append.ListAction.Read;
import dev.partita.testing.history.append.ListTransaction.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a history says about its lists: who appended which element, which transactions certainly
 * took place, and in which order each list grew.
 */
final class Observations {

  /** An element of one list. */
  record Element(String list, long element) {}

  private final Map<Element, ListTransaction> writers = new HashMap<>();
  private final List<ListTransaction> done = new ArrayList<>();
  private final SortedMap<String, List<Long>> orders = new TreeMap<>();

  /**
   * @throws IllegalArgumentException if an element is appended twice to one list; nothing can be
   *     inferred from such a history
   */
  Observations(List<ListTransaction> history) {
    for (ListTransaction transaction : history) {
      for (ListAction action : transaction.actions()) {
        if (action instanceof Append append
            && writers.put(new Element(append.list(), append.element()), transaction) != null) {
          throw new IllegalArgumentException(append + " is there twice");
        }
      }
    }
    collectDone(history);
    for (ListTransaction transaction : done) {
      for (Read read : reads(transaction)) {
        if (read.elements().size() > order(read.list()).size()) {
          orders.put(read.list(), read.elements());
        }
      }
    }
  }

  /**
   * An unknown transaction took place if one that did saw something of it. Its own demands held
   * then, and may tell of further ones.
   */
  private void collectDone(List<ListTransaction> history) {
    Set<ListTransaction> unknown = new HashSet<>();
    for (ListTransaction transaction : history) {
      switch (transaction.result()) {
        case COMMITTED -> done.add(transaction);
        case UNKNOWN -> unknown.add(transaction);
        case ABORTED -> {}
      }
    }
    for (int next = 0; next < done.size(); next++) {
      for (Read read : reads(done.get(next))) {
        for (long element : read.elements()) {
          writer(read.list(), element).filter(unknown::remove).ifPresent(done::add);
        }
      }
    }
  }

  /** The transactions that certainly took place. */
  List<ListTransaction> done() {
    return Collections.unmodifiableList(done);
  }

  /** Who appended the element, whatever became of it. */
  Optional<ListTransaction> writer(String list, long element) {
    return Optional.ofNullable(writers.get(new Element(list, element)));
  }

  /** Who appended the element, if that took place. */
  Optional<ListTransaction> doneWriter(String list, long element) {
    return writer(list, element).filter(writer -> writer.result() != Result.ABORTED);
  }

  /** The longest state of the list that was read: the order of its elements. */
  List<Long> order(String list) {
    return orders.getOrDefault(list, List.of());
  }

  /** The lists that were read with something in them. */
  Set<String> lists() {
    return Collections.unmodifiableSet(orders.keySet());
  }

  static List<Read> reads(ListTransaction transaction) {
    return transaction.actions().stream()
        .filter(Read.class::isInstance)
        .map(Read.class::cast)
        .toList();
  }

  static List<Append> appends(ListTransaction transaction) {
    return transaction.actions().stream()
        .filter(Append.class::isInstance)
        .map(Append.class::cast)
        .toList();
  }
}
