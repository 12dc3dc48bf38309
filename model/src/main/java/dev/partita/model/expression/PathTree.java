package dev.partita.model.expression;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Paths of which none lies within another, merged by their common beginnings. A node has a leaf, or
 * named children, or indexed children. Changed only while it is built.
 */
final class PathTree<T> {
  private @Nullable T leaf;
  private final Map<String, PathTree<T>> names = LinkedHashMap.newLinkedHashMap(2);
  private @Nullable SortedMap<Integer, PathTree<T>> indices;

  /** What the path that ends here stands for, or null if paths go on from here. */
  @Nullable T leaf() {
    return leaf;
  }

  /** Children by name, in the order of their arrival. */
  Map<String, PathTree<T>> names() {
    return names;
  }

  /** Children by index, ascending; null if there are none. */
  @Nullable SortedMap<Integer, PathTree<T>> indices() {
    return indices;
  }

  /**
   * Merges the paths, whose leaves are those of the same position.
   *
   * @throws ExpressionException with AWS's text if two paths overlap or conflict
   */
  static <T> PathTree<T> of(ExpressionKind kind, List<Path> paths, List<T> leaves) {
    PathTree<T> root = new PathTree<>();
    for (int i = 0; i < paths.size(); i++) {
      if (!root.insert(paths.get(i), leaves.get(i))) {
        throw clash(kind, paths);
      }
    }
    return root;
  }

  /** False if the path overlaps or conflicts with one that is already here. */
  private boolean insert(Path path, T value) {
    PathTree<T> node = this;
    for (int i = 0; i < path.length(); i++) {
      PathTree<T> child = node.leaf == null ? node.child(path.element(i)) : null;
      if (child == null) {
        return false;
      }
      node = child;
    }
    if (node.leaf != null || !node.names.isEmpty() || node.indices != null) {
      return false;
    }
    node.leaf = value;
    return true;
  }

  private @Nullable PathTree<T> child(PathElement element) {
    return switch (element) {
      case PathElement.Name(String name) ->
          indices != null ? null : names.computeIfAbsent(name, ignored -> new PathTree<>());
      case PathElement.Index(int index) -> {
        if (!names.isEmpty()) {
          yield null;
        }
        SortedMap<Integer, PathTree<T>> known = indices;
        if (known == null) {
          known = new TreeMap<>();
          indices = known;
        }
        yield known.computeIfAbsent(index, ignored -> new PathTree<>());
      }
    };
  }

  /** AWS reports an overlap before a conflict, and of each the pair whose second path is first. */
  private static ExpressionException clash(ExpressionKind kind, List<Path> paths) {
    List<String> conflicts = new ArrayList<>();
    for (int second = 1; second < paths.size(); second++) {
      for (int first = 0; first < second; first++) {
        Path one = paths.get(first);
        Path two = paths.get(second);
        int common = commonLength(one, two);
        if (common == Math.min(one.length(), two.length())) {
          return kind.invalid("Two document paths overlap with each other; " + pair(one, two));
        }
        if (one.element(common).getClass() != two.element(common).getClass()) {
          conflicts.add("Two document paths conflict with each other; " + pair(one, two));
        }
      }
    }
    return kind.invalid(conflicts.getFirst());
  }

  private static String pair(Path one, Path two) {
    return "must remove or rewrite one of these paths; path one: " + one + ", path two: " + two;
  }

  private static int commonLength(Path one, Path two) {
    int common = 0;
    while (common < one.length()
        && common < two.length()
        && one.element(common).equals(two.element(common))) {
      common++;
    }
    return common;
  }
}
