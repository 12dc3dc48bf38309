package dev.partita.model.expression;

/**
 * The limit on operators of one expression, which also bounds how deep its tree can be. One use.
 */
final class OperatorCount {
  private static final int OPERATORS_MAX = 300;

  private final ExpressionKind kind;
  private int operators;

  OperatorCount(ExpressionKind kind) {
    this.kind = kind;
  }

  void operator() {
    operators++;
    if (operators > OPERATORS_MAX) {
      throw kind.invalid(
          "The expression contains too many operators; operator count: " + operators);
    }
  }
}
