package dev.partita.model.expression;

/** Limits of one expression that bound the work and the stack that it can take. One use. */
final class OperatorCount {
  private static final int OPERATORS_MAX = 300;

  /**
   * Levels of parentheses and calls. Every level that is not redundant holds an operator, so AWS's
   * own limit leaves little more than 300.
   */
  private static final int DEPTH_MAX = 310;

  private final ExpressionKind kind;
  private int operators;
  private int depth;

  OperatorCount(ExpressionKind kind) {
    this.kind = kind;
  }

  void operator() {
    operators++;
    if (operators > OPERATORS_MAX) {
      throw tooMany();
    }
  }

  void enter() {
    depth++;
    if (depth > DEPTH_MAX) {
      throw tooMany();
    }
  }

  void leave() {
    depth--;
  }

  private ExpressionException tooMany() {
    return kind.invalid(
        "The expression contains too many operators; operator count: " + (OPERATORS_MAX + 1));
  }
}
