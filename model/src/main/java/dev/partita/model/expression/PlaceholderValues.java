package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import dev.partita.model.expression.OperandSyntax.ValueSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the placeholders of one request stand for and which of them were used. One request, one
 * thread. All methods throw {@link ExpressionException} with AWS's text.
 */
final class PlaceholderValues {
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new HashSet<>();

  PlaceholderValues(Map<String, String> names, Map<String, AttributeValue> values) {
    this.names = names;
    this.values = values;
  }

  /** The path with its placeholders replaced. */
  Path resolve(ExpressionKind kind, PathSyntax path) {
    Path literal = path.literal();
    if (literal != null) {
      return literal;
    }
    List<PathElement> elements = new ArrayList<>(path.elements().size());
    for (PathElement element : path.elements()) {
      elements.add(
          element instanceof PathElement.Name(String name) && name.startsWith("#")
              ? new PathElement.Name(resolveName(kind, name))
              : element);
    }
    return Path.of(elements);
  }

  private String resolveName(ExpressionKind kind, String placeholder) {
    String name = names.get(placeholder);
    if (name == null) {
      throw kind.invalid(
          "An expression attribute name used in the document path is not defined; attribute name: "
              + placeholder);
    }
    used.add(placeholder);
    return name;
  }

  /** The value that the placeholder stands for. */
  AttributeValue resolve(ExpressionKind kind, ValueSyntax syntax) {
    AttributeValue value = values.get(syntax.placeholder());
    if (value == null) {
      throw kind.invalid(
          "An expression attribute value used in expression is not defined; attribute value: "
              + syntax.placeholder());
    }
    used.add(syntax.placeholder());
    return value;
  }

  /** Whether the request gives a value for the placeholder. */
  boolean isDefined(ValueSyntax syntax) {
    return values.containsKey(syntax.placeholder());
  }

  /** Names and values must all have been used. */
  void checkAllUsed() {
    checkUsed("ExpressionAttributeNames", names.keySet());
    checkUsed("ExpressionAttributeValues", values.keySet());
  }

  private void checkUsed(String parameter, Set<String> placeholders) {
    if (used.containsAll(placeholders)) {
      return;
    }
    List<String> unused = new ArrayList<>(placeholders);
    unused.removeAll(used);
    throw new ExpressionException(
        "Value provided in "
            + parameter
            + " unused in expressions: keys: {"
            + String.join(", ", unused)
            + "}");
  }
}
