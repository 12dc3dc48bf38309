package dev.partita.testing.history.append;

import dev.partita.testing.history.append.Anomaly.Kind;
import dev.partita.testing.history.append.ListAction.Append;
import dev.partita.testing.history.append.ListAction.Read;
import dev.partita.testing.history.append.ListTransaction.Result;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with single reads, without looking at dependencies between transactions. */
final class ReadRules {

  private final Observations observations;
  private final List<Anomaly> anomalies = new ArrayList<>();

  ReadRules(Observations observations) {
    this.observations = observations;
  }

  /** All anomalies, in the order of the transactions. */
  List<Anomaly> check() {
    for (ListTransaction transaction : observations.done()) {
      checkWithin(transaction);
      for (Read read : Observations.reads(transaction)) {
        checkElements(transaction, read);
        checkOrder(transaction, read);
        checkLast(transaction, read);
      }
    }
    return anomalies;
  }

  private void report(Kind kind, String explanation) {
    anomalies.add(new Anomaly(kind, explanation));
  }

  /** A transaction must see its own appends, and nothing change between two of its reads. */
  private void checkWithin(ListTransaction transaction) {
    Map<String, List<Long>> states = new HashMap<>();
    Map<String, List<Long>> appended = new HashMap<>();
    for (ListAction action : transaction.actions()) {
      List<Long> own = appended.computeIfAbsent(action.list(), list -> new ArrayList<>());
      switch (action) {
        case Append append -> own.add(append.element());
        case Read read -> {
          List<Long> before = states.get(read.list());
          boolean holds =
              before == null
                  ? endsWith(read.elements(), own)
                  : read.elements().equals(joined(before, own));
          if (!holds) {
            report(Kind.INTERNAL, transaction + " does not see what it saw or did before");
          }
          states.put(read.list(), read.elements());
          own.clear();
        }
      }
    }
  }

  private static boolean endsWith(List<Long> elements, List<Long> tail) {
    return elements.size() >= tail.size()
        && elements.subList(elements.size() - tail.size(), elements.size()).equals(tail);
  }

  private static List<Long> joined(List<Long> head, List<Long> tail) {
    List<Long> joined = new ArrayList<>(head);
    joined.addAll(tail);
    return joined;
  }

  private void checkElements(ListTransaction transaction, Read read) {
    Set<Long> seen = new HashSet<>();
    for (long element : read.elements()) {
      if (!seen.add(element)) {
        report(
            Kind.DUPLICATE_ELEMENT,
            "%d is twice in %s, appended by %s"
                .formatted(element, transaction, describe(read.list(), element)));
      }
      Optional<ListTransaction> writer = observations.writer(read.list(), element);
      if (writer.isEmpty()) {
        report(Kind.UNKNOWN_ELEMENT, element + " in " + transaction);
      } else if (writer.get().result() == Result.ABORTED) {
        report(Kind.G1A, transaction + " sees " + element + " of the aborted " + writer.get());
      }
    }
  }

  private String describe(String list, long element) {
    return observations.writer(list, element).map(ListTransaction::toString).orElse("nobody");
  }

  private void checkOrder(ListTransaction transaction, Read read) {
    List<Long> order = observations.order(read.list());
    if (!startsWith(order, read.elements())) {
      report(
          Kind.INCOMPATIBLE_ORDER,
          transaction + " sees " + read.list() + " in another order than " + order);
    }
  }

  /** Whether the order begins with these elements. */
  static boolean startsWith(List<Long> order, List<Long> elements) {
    return order.size() >= elements.size() && order.subList(0, elements.size()).equals(elements);
  }

  /** The last element that was read must be the last that its transaction appended there. */
  private void checkLast(ListTransaction transaction, Read read) {
    if (read.elements().isEmpty()) {
      return;
    }
    long last = read.elements().getLast();
    Optional<ListTransaction> writer = observations.writer(read.list(), last);
    if (writer.isEmpty() || writer.get().equals(transaction)) {
      return;
    }
    List<Long> appended =
        Observations.appends(writer.get()).stream()
            .filter(append -> append.list().equals(read.list()))
            .map(Append::element)
            .toList();
    if (appended.getLast() != last) {
      report(
          Kind.G1B,
          transaction + " sees " + last + " but not all that was appended by " + writer.get());
    }
  }
}
