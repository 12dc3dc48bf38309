package dev.partita.testing.history.append;

import dev.partita.testing.history.append.Dependency.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Looks for short cycles in a graph of dependencies. */
final class CycleSearch {

  private final DependencyGraph graph;

  CycleSearch(DependencyGraph graph) {
    this.graph = graph;
  }

  /**
   * The shortest cycle that begins with a dependency of one kind and goes back over others.
   *
   * @param first the kind of the first dependency
   * @param back the kinds of the others
   */
  Optional<List<Dependency>> shortest(Kind first, EnumSet<Kind> back) {
    EnumSet<Kind> all = EnumSet.copyOf(back);
    all.add(first);
    List<Dependency> best = List.of();
    for (Set<ListTransaction> component : components(all)) {
      for (ListTransaction from : component) {
        for (Dependency dependency : graph.from(from, EnumSet.of(first))) {
          if (component.contains(dependency.to())) {
            int lengthMax = best.isEmpty() ? Integer.MAX_VALUE : best.size() - 1;
            List<Dependency> cycle = cycle(dependency, back, component, lengthMax);
            best = cycle.isEmpty() ? best : cycle;
          }
        }
      }
    }
    return Optional.of(best).filter(cycle -> !cycle.isEmpty());
  }

  /** Breadth first from the dependency's end to its beginning; empty if that is too far. */
  private List<Dependency> cycle(
      Dependency first, EnumSet<Kind> back, Set<ListTransaction> component, int lengthMax) {
    Map<ListTransaction, Dependency> reached = new HashMap<>();
    Deque<ListTransaction> border = new ArrayDeque<>(List.of(first.to()));
    for (int length = 2; length <= lengthMax && !border.isEmpty(); length++) {
      Deque<ListTransaction> next = new ArrayDeque<>();
      for (ListTransaction transaction : border) {
        for (Dependency dependency : sorted(graph.from(transaction, back))) {
          boolean isNew =
              component.contains(dependency.to())
                  && !dependency.to().equals(first.to())
                  && reached.putIfAbsent(dependency.to(), dependency) == null;
          if (isNew && dependency.to().equals(first.from())) {
            return path(first, reached);
          }
          if (isNew) {
            next.add(dependency.to());
          }
        }
      }
      border = next;
    }
    return List.of();
  }

  /** Of several dependencies between the same two the plainest is to be shown. */
  private static List<Dependency> sorted(List<Dependency> dependencies) {
    return dependencies.stream().sorted(Comparator.comparing(Dependency::kind)).toList();
  }

  private static List<Dependency> path(Dependency first, Map<ListTransaction, Dependency> reached) {
    List<Dependency> path = new ArrayList<>();
    ListTransaction at = first.from();
    while (!at.equals(first.to())) {
      Dependency dependency = reached.get(at);
      if (dependency == null) {
        throw new IllegalStateException("the path is broken at " + at);
      }
      path.add(dependency);
      at = dependency.from();
    }
    path.add(first);
    return path.reversed();
  }

  /**
   * Sets of several transactions that all lead to each other (Tarjan's algorithm, without
   * recursion, since histories are long).
   */
  private List<Set<ListTransaction>> components(EnumSet<Kind> kinds) {
    Components components = new Components(kinds);
    graph.transactions().forEach(components::visit);
    return components.found;
  }

  private final class Components {

    private final EnumSet<Kind> kinds;
    private final Map<ListTransaction, Integer> places = new HashMap<>();
    private final Map<ListTransaction, Integer> lowest = new HashMap<>();
    private final Deque<ListTransaction> open = new ArrayDeque<>();
    private final Set<ListTransaction> isOpen = new HashSet<>();
    private final List<Set<ListTransaction>> found = new ArrayList<>();

    Components(EnumSet<Kind> kinds) {
      this.kinds = kinds;
    }

    private record Frame(ListTransaction transaction, Iterator<Dependency> rest) {}

    void visit(ListTransaction root) {
      if (places.containsKey(root)) {
        return;
      }
      Deque<Frame> stack = new ArrayDeque<>();
      stack.push(enter(root));
      while (!stack.isEmpty()) {
        Frame frame = stack.element();
        if (frame.rest().hasNext()) {
          ListTransaction to = frame.rest().next().to();
          if (!places.containsKey(to)) {
            stack.push(enter(to));
          } else if (isOpen.contains(to)) {
            lower(frame.transaction(), places.getOrDefault(to, 0));
          }
        } else {
          stack.pop();
          leave(frame.transaction());
          if (!stack.isEmpty()) {
            lower(stack.element().transaction(), lowest.getOrDefault(frame.transaction(), 0));
          }
        }
      }
    }

    private Frame enter(ListTransaction transaction) {
      int place = places.size();
      places.put(transaction, place);
      lowest.put(transaction, place);
      open.push(transaction);
      isOpen.add(transaction);
      return new Frame(transaction, graph.from(transaction, kinds).iterator());
    }

    private void lower(ListTransaction transaction, int place) {
      lowest.merge(transaction, place, Math::min);
    }

    private void leave(ListTransaction transaction) {
      if (!Objects.equals(places.get(transaction), lowest.get(transaction))) {
        return;
      }
      Set<ListTransaction> component = new HashSet<>();
      while (!component.contains(transaction)) {
        component.add(open.pop());
      }
      isOpen.removeAll(component);
      if (component.size() > 1) {
        found.add(component);
      }
    }
  }
}
