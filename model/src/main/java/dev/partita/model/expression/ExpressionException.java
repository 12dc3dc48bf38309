package dev.partita.model.expression;

import dev.partita.model.NumberRuleException;

/**
 * An expression, legacy condition or statement that is wrong, or cannot be applied to the item it
 * met. The message is AWS's text without any prefix of the operation. Carries no stack trace.
 */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A fault in AWS's words. */
  public ExpressionException(String message) {
    super(message, null, false, false);
  }

  /** A number that the expression computes cannot be stored. */
  ExpressionException(NumberRuleException cause) {
    super(cause.getMessage(), null, false, false);
  }
}
