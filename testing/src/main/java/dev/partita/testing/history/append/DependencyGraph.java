package dev.partita.testing.history.append;

import dev.partita.testing.history.append.Dependency.Kind;
import dev.partita.testing.history.append.ListAction.Append;
import dev.partita.testing.history.append.ListAction.Read;
import dev.partita.testing.history.append.ListTransaction.Result;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which transactions must come before which others. */
final class DependencyGraph {

  private final Map<ListTransaction, List<Dependency>> outgoing = new LinkedHashMap<>();

  /** The dependencies that follow from the lists, and those of real time. */
  DependencyGraph(Observations observations) {
    observations.done().forEach(transaction -> outgoing.put(transaction, new ArrayList<>()));
    Map<String, List<Append>> unseen = unseen(observations);
    for (String list : observations.lists()) {
      addWrites(observations, list);
      addUnseenWrites(observations, list, unseen.getOrDefault(list, List.of()));
    }
    for (ListTransaction transaction : observations.done()) {
      for (Read read : Observations.reads(transaction)) {
        addRead(observations, transaction, read, unseen.getOrDefault(read.list(), List.of()));
      }
    }
    addRealTime();
  }

  private void add(
      Optional<ListTransaction> from, ListTransaction to, Kind kind, String list, long element) {
    if (from.isPresent() && !from.get().equals(to)) {
      outgoing
          .getOrDefault(from.get(), new ArrayList<>())
          .add(new Dependency(from.get(), to, kind, list, element));
    }
  }

  /** Appends that took place and that nobody saw: they come after all that was seen. */
  private static Map<String, List<Append>> unseen(Observations observations) {
    Map<String, Set<Long>> seen = new HashMap<>();
    for (String list : observations.lists()) {
      seen.put(list, new HashSet<>(observations.order(list)));
    }
    Map<String, List<Append>> unseen = new HashMap<>();
    for (ListTransaction transaction : observations.done()) {
      for (Append append : Observations.appends(transaction)) {
        if (!seen.getOrDefault(append.list(), Set.of()).contains(append.element())) {
          unseen.computeIfAbsent(append.list(), list -> new ArrayList<>()).add(append);
        }
      }
    }
    return unseen;
  }

  /** Each append comes after the one before it in the list. */
  private void addWrites(Observations observations, String list) {
    Optional<ListTransaction> previous = Optional.empty();
    for (long element : observations.order(list)) {
      Optional<ListTransaction> writer = observations.doneWriter(list, element);
      if (writer.isPresent()) {
        add(previous, writer.get(), Kind.WRITE_AFTER_WRITE, list, element);
        previous = writer;
      }
    }
  }

  private void addUnseenWrites(Observations observations, String list, List<Append> unseen) {
    List<Long> order = observations.order(list);
    Optional<ListTransaction> last = Optional.empty();
    for (int i = order.size(); i > 0 && last.isEmpty(); i--) {
      last = observations.doneWriter(list, order.get(i - 1));
    }
    for (Append append : unseen) {
      ListTransaction writer = observations.writer(list, append.element()).orElseThrow();
      add(last, writer, Kind.WRITE_AFTER_WRITE, list, append.element());
    }
  }

  private void addRead(
      Observations observations, ListTransaction reader, Read read, List<Append> unseen) {
    List<Long> order = observations.order(read.list());
    List<Long> elements = read.elements();
    if (!ReadRules.startsWith(order, elements)) {
      return;
    }
    foreignTail(observations, reader, read)
        .ifPresent(element ->
            add(
                observations.doneWriter(read.list(), element),
                reader,
                Kind.READ_AFTER_WRITE,
                read.list(),
                element));
    if (elements.size() < order.size()) {
      long next = order.get(elements.size());
      observations
          .doneWriter(read.list(), next)
          .ifPresent(
              writer -> add(Optional.of(reader), writer, Kind.WRITE_AFTER_READ, read.list(), next));
      return;
    }
    for (Append append : unseen) {
      ListTransaction writer = observations.writer(read.list(), append.element()).orElseThrow();
      add(Optional.of(reader), writer, Kind.WRITE_AFTER_READ, read.list(), append.element());
    }
  }

  /** The last element that the reader did not append itself. */
  private static Optional<Long> foreignTail(
      Observations observations, ListTransaction reader, Read read) {
    for (long element : read.elements().reversed()) {
      if (observations.writer(read.list(), element).filter(reader::equals).isEmpty()) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }

  /** Something that happens at one instant: a transaction begins or ends. */
  private record Instant(long time, boolean begin, ListTransaction transaction) {}

  /** Real time orders transactions, and of reads alone those of one list. */
  private void addRealTime() {
    addRealTime(outgoing.keySet().stream().filter(one -> !one.alone()).toList());
    Map<String, List<ListTransaction>> byList = new HashMap<>();
    for (ListTransaction transaction : outgoing.keySet()) {
      transaction.actions().stream()
          .map(ListAction::list)
          .distinct()
          .forEach(
              list -> byList.computeIfAbsent(list, none -> new ArrayList<>()).add(transaction));
    }
    for (List<ListTransaction> ofList : byList.values()) {
      if (ofList.stream().anyMatch(ListTransaction::alone)) {
        addRealTime(ofList);
      }
    }
  }

  /**
   * Only those of real time from which all others follow: from each transaction that has ended and
   * that no later ended one is known to follow.
   */
  private void addRealTime(List<ListTransaction> transactions) {
    List<Instant> instants = new ArrayList<>();
    for (ListTransaction transaction : transactions) {
      instants.add(new Instant(transaction.start(), true, transaction));
      if (transaction.result() == Result.COMMITTED) {
        instants.add(new Instant(transaction.end(), false, transaction));
      }
    }
    instants.sort(Comparator.comparingLong(Instant::time));
    Set<ListTransaction> frontier = new HashSet<>();
    Map<ListTransaction, List<ListTransaction>> before = new HashMap<>();
    for (Instant instant : instants) {
      ListTransaction transaction = instant.transaction();
      if (instant.begin()) {
        before.put(transaction, List.copyOf(frontier));
        for (ListTransaction earlier : frontier) {
          add(Optional.of(earlier), transaction, Kind.REAL_TIME, "", 0);
        }
      } else {
        before.getOrDefault(transaction, List.of()).forEach(frontier::remove);
        frontier.add(transaction);
      }
    }
  }

  /** All transactions. */
  Set<ListTransaction> transactions() {
    return Collections.unmodifiableSet(outgoing.keySet());
  }

  /** The dependencies of these kinds that lead away from the transaction. */
  List<Dependency> from(ListTransaction transaction, EnumSet<Kind> kinds) {
    return outgoing.getOrDefault(transaction, List.of()).stream()
        .filter(dependency -> kinds.contains(dependency.kind()))
        .toList();
  }
}
