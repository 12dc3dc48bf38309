package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound document path.
 *
 * @param top the top-level attribute
 * @param rest the steps from there; empty for a whole attribute
 */
public record Path(String top, List<PathElement> rest) {

  /** The path of these elements, of which the first is a name. */
  public static Path of(List<PathElement> elements) {
    if (elements.getFirst() instanceof PathElement.Name(String top)) {
      return new Path(top, List.copyOf(elements.subList(1, elements.size())));
    }
    throw new IllegalArgumentException("A path begins with a name: " + elements);
  }

  /** The value there, or null if the path leads nowhere. */
  @Nullable AttributeValue find(Item item) {
    AttributeValue value = item.get(top);
    for (int i = 0; value != null && i < rest.size(); i++) {
      value = step(value, rest.get(i));
    }
    return value;
  }

  private static @Nullable AttributeValue step(AttributeValue value, PathElement element) {
    return switch (element) {
      case PathElement.Name(String name) ->
          value instanceof AttributeValue.MapValue map ? map.values().get(name) : null;
      case PathElement.Index(int index) ->
          value instanceof AttributeValue.ListValue list && index < list.values().size()
              ? list.values().get(index)
              : null;
    };
  }

  /** How many steps, the top-level attribute included. */
  int length() {
    return rest.size() + 1;
  }

  /** The step number {@code i}; the top-level attribute is step 0. */
  PathElement element(int i) {
    return i == 0 ? new PathElement.Name(top) : rest.get(i - 1);
  }

  /** As AWS prints it: {@code [a, b, [0]]}. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[").append(top);
    for (PathElement element : rest) {
      text.append(", ").append(element);
    }
    return text.append(']').toString();
  }
}
