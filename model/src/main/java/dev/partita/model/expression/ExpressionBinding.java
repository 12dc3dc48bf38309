package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Binds the expressions of one request to its placeholders. One request, one thread. All methods
 * throw {@link ExpressionException} with AWS's text.
 */
public final class ExpressionBinding {
  private final ExpressionCompiler compiler;
  private final PlaceholderValues placeholders;

  ExpressionBinding(
      ExpressionCompiler compiler, Map<String, String> names, Map<String, AttributeValue> values) {
    this.compiler = compiler;
    this.placeholders = new PlaceholderValues(names, values);
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
    return new ConditionBinder(kind, placeholders).bind(compiler.condition(kind, text));
  }

  /** A ProjectionExpression. */
  public Projection projection(String text) {
    List<PathSyntax> syntax = compiler.projection(text);
    List<Path> paths = new ArrayList<>(syntax.size());
    for (PathSyntax path : syntax) {
      paths.add(placeholders.resolve(ExpressionKind.PROJECTION, path));
    }
    return Projection.ofPaths(paths);
  }

  /** An UpdateExpression. */
  public Update update(String text) {
    return new UpdateBinder(ExpressionKind.UPDATE, placeholders).bind(compiler.update(text));
  }

  /**
   * Call once, after all expressions of the request.
   *
   * @throws ExpressionException if a name or value was given that no expression used
   */
  public void checkAllUsed() {
    placeholders.checkAllUsed();
  }
}
