package dev.partita.testing.reference;

import java.util.List;

/**
 * A document path: a top-level attribute and the steps below it.
 *
 * @param root the attribute
 * @param steps possibly none
 */
public record Path(String root, List<Step> steps) {

  /** One step into a document. */
  public sealed interface Step {}

  /** Into a map. */
  public record Name(String name) implements Step {}

  /** Into a list; counted from zero. */
  public record Index(int index) implements Step {}

  public Path {
    steps = List.copyOf(steps);
  }

  /** The path to a top-level attribute. */
  public static Path of(String root) {
    return new Path(root, List.of());
  }

  /** Whether one of the two paths leads through the other, or both are the same. */
  boolean overlaps(Path other) {
    int common = Math.min(steps.size(), other.steps.size());
    return root.equals(other.root)
        && steps.subList(0, common).equals(other.steps.subList(0, common));
  }

  /** Whether the paths part at a place that one takes for a map and the other for a list. */
  boolean conflicts(Path other) {
    if (!root.equals(other.root)) {
      return false;
    }
    for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
      if (!steps.get(i).equals(other.steps.get(i))) {
        return (steps.get(i) instanceof Name) != (other.steps.get(i) instanceof Name);
      }
    }
    return false;
  }
}
