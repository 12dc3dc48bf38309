package dev.partita.testing.history.append;

import dev.partita.testing.history.append.Dependency.Kind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Judges a history of transactions on lists. A history without anomalies need not be right, but
 * every anomaly is one: no order of the transactions explains what was seen.
 */
public final class ListAppendChecker {

  /** What is promised of transactions. */
  public enum Promise {
    /** They happen as if one after the other. */
    SERIALIZABLE,
    /** And each at an instant between its request and its answer, as far as real time counts. */
    STRICTLY_SERIALIZABLE
  }

  private static final EnumSet<Kind> WRITES = EnumSet.of(Kind.WRITE_AFTER_WRITE);
  private static final EnumSet<Kind> WRITES_AND_READS =
      EnumSet.of(Kind.WRITE_AFTER_WRITE, Kind.READ_AFTER_WRITE);
  private static final EnumSet<Kind> ALL =
      EnumSet.of(Kind.WRITE_AFTER_WRITE, Kind.READ_AFTER_WRITE, Kind.WRITE_AFTER_READ);

  private final Promise promise;

  /**
   * @param promise what the history must keep to
   */
  public ListAppendChecker(Promise promise) {
    this.promise = promise;
  }

  /**
   * All anomalies of single reads and the shortest cycle of each class; those of real time only if
   * there are none without it. Lists are empty at first.
   *
   * @throws IllegalArgumentException if an element is appended twice to one list
   */
  public List<Anomaly> check(List<ListTransaction> history) {
    Observations observations = new Observations(history);
    List<Anomaly> anomalies = new ArrayList<>(new ReadRules(observations).check());
    CycleSearch search = new CycleSearch(new DependencyGraph(observations));
    Map<Anomaly.Kind, List<Dependency>> cycles = cycles(search, false);
    if (cycles.isEmpty() && promise == Promise.STRICTLY_SERIALIZABLE) {
      cycles = cycles(search, true);
    }
    cycles.forEach((kind, cycle) -> anomalies.add(new Anomaly(kind, describe(cycle))));
    return anomalies;
  }

  private static Map<Anomaly.Kind, List<Dependency>> cycles(CycleSearch search, boolean realTime) {
    Map<Anomaly.Kind, List<Dependency>> found = new EnumMap<>(Anomaly.Kind.class);
    for (var step :
        List.of(
            Map.entry(Kind.WRITE_AFTER_WRITE, WRITES),
            Map.entry(Kind.READ_AFTER_WRITE, WRITES_AND_READS),
            Map.entry(Kind.WRITE_AFTER_READ, WRITES_AND_READS),
            Map.entry(Kind.WRITE_AFTER_READ, ALL))) {
      EnumSet<Kind> back = EnumSet.copyOf(step.getValue());
      if (realTime) {
        back.add(Kind.REAL_TIME);
      }
      Optional<List<Dependency>> cycle = search.shortest(step.getKey(), back);
      cycle.ifPresent(one -> found.putIfAbsent(classOf(one), one));
    }
    return found;
  }

  /** The class of a cycle goes by its dependencies. */
  private static Anomaly.Kind classOf(List<Dependency> cycle) {
    boolean realTime = count(cycle, Kind.REAL_TIME) > 0;
    long afterReads = count(cycle, Kind.WRITE_AFTER_READ);
    if (afterReads > 1) {
      return realTime ? Anomaly.Kind.G2_REAL_TIME : Anomaly.Kind.G2;
    }
    if (afterReads == 1) {
      return realTime ? Anomaly.Kind.G_SINGLE_REAL_TIME : Anomaly.Kind.G_SINGLE;
    }
    if (count(cycle, Kind.READ_AFTER_WRITE) > 0) {
      return realTime ? Anomaly.Kind.G1C_REAL_TIME : Anomaly.Kind.G1C;
    }
    return realTime ? Anomaly.Kind.G0_REAL_TIME : Anomaly.Kind.G0;
  }

  private static long count(List<Dependency> cycle, Kind kind) {
    return cycle.stream().filter(dependency -> dependency.kind() == kind).count();
  }

  private static String describe(List<Dependency> cycle) {
    return cycle.stream().map(Dependency::describe).collect(Collectors.joining("\n  ", "\n  ", ""));
  }
}
