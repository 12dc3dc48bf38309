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
 * The placeholders of one request and which of them its expressions have used. One request, one
 * thread. All methods throw {@link ExpressionException} with AWS's text.
 */
public final class ExpressionBinding {
  private final ExpressionCompiler compiler;
  private final Map<String, String> names;
  private final Map<String, AttributeValue> values;
  private final Set<String> used = new HashSet<>();

  ExpressionBinding(
      ExpressionCompiler compiler, Map<String, String> names, Map<String, AttributeValue> values) {
    this.compiler = compiler;
    this.names = names;
    this.values = values;
  }

  /** A ConditionExpression. */
  public Condition condition(String text) {
    return condition(ExpressionKind.CONDITION, text);
  }

  /** A FilterExpression. */
  public Condition filter(String text) {
    return condition(ExpressionKind.FILTER, text);
  }

  /** A KeyConditionExpression. */
  public KeyCondition keyCondition(String text) {
    return KeyCondition.ofExpression(condition(ExpressionKind.KEY_CONDITION, text));
  }

  private Condition condition(ExpressionKind kind, String text) {
    return new ConditionBinder(kind, this).bind(compiler.condition(kind, text));
  }

  /** A ProjectionExpression. */
  public Projection projection(String text) {
    List<PathSyntax> syntax = compiler.projection(text);
    List<Path> paths = new ArrayList<>(syntax.size());
    for (PathSyntax path : syntax) {
      paths.add(resolve(ExpressionKind.PROJECTION, path));
    }
    return Projection.ofPaths(paths);
  }

  /** An UpdateExpression. */
  public Update update(String text) {
    return new UpdateBinder(this).bind(compiler.update(text));
  }

  /**
   * Call once, after all expressions of the request.
   *
   * @throws ExpressionException if a name or value was given that no expression used
   */
  public void checkAllUsed() {
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
    return pathOf(elements);
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

  /** The path of these elements, of which the first is a name. */
  static Path pathOf(List<PathElement> elements) {
    if (elements.getFirst() instanceof PathElement.Name(String top)) {
      return new Path(top, List.copyOf(elements.subList(1, elements.size())));
    }
    throw new IllegalArgumentException("A path begins with a name: " + elements);
  }
}
