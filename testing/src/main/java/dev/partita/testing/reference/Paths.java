package dev.partita.testing.reference;

import dev.partita.testing.reference.Path.Index;
import dev.partita.testing.reference.Path.Name;
import dev.partita.testing.reference.Path.Step;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What lies at paths of an item. */
final class Paths {

  private Paths() {}

  /** The value at the path, if there is one. */
  static Optional<Value> find(MapValue item, Path path) {
    Optional<Value> value = item.member(path.root());
    for (Step step : path.steps()) {
      value = value.flatMap(parent -> child(parent, step));
    }
    return value;
  }

  /** One step down, if it leads somewhere. */
  static Optional<Value> child(Value parent, Step step) {
    return switch (step) {
      case Name name -> parent instanceof MapValue map ? map.member(name.name()) : Optional.empty();
      case Index index ->
          parent instanceof ListValue list && index.index() < list.elements().size()
              ? Optional.of(list.elements().get(index.index()))
              : Optional.empty();
    };
  }

  /**
   * The parts of the item at the paths, inside the maps and lists that lead to them. Elements of a
   * list keep their order and close up. Paths that lead nowhere leave no trace.
   */
  static MapValue project(MapValue item, List<Path> paths, Mutation mutation) {
    MapValue projected = Value.map();
    for (String root : paths.stream().map(Path::root).distinct().toList()) {
      List<List<Step>> below =
          paths.stream().filter(p -> p.root().equals(root)).map(Path::steps).toList();
      Optional<Value> part = item.member(root).flatMap(v -> project(v, below, mutation));
      if (part.isPresent()) {
        projected = projected.with(root, part.get());
      }
    }
    return projected;
  }

  private static Optional<Value> project(Value value, List<List<Step>> paths, Mutation mutation) {
    if (paths.stream().anyMatch(List::isEmpty)) {
      return Optional.of(value);
    }
    List<Step> steps = paths.stream().map(List::getFirst).distinct().toList();
    if (value instanceof ListValue && mutation != Mutation.PROJECTED_INDEXES_UNSORTED) {
      steps = steps.stream().sorted((a, b) -> Integer.compare(place(a), place(b))).toList();
    }
    MapValue members = Value.map();
    List<Value> elements = new ArrayList<>();
    for (Step step : steps) {
      List<List<Step>> below =
          paths.stream()
              .filter(path -> path.getFirst().equals(step))
              .map(path -> path.subList(1, path.size()))
              .toList();
      Optional<Value> part = child(value, step).flatMap(v -> project(v, below, mutation));
      if (part.isPresent()) {
        switch (step) {
          case Name name -> members = members.with(name.name(), part.get());
          case Index index -> elements.add(part.get());
        }
      }
    }
    if (!elements.isEmpty()) {
      return Optional.of(new ListValue(elements));
    }
    return members.members().isEmpty() ? Optional.empty() : Optional.of(members);
  }

  private static int place(Step step) {
    return step instanceof Index index ? index.index() : 0;
  }
}
