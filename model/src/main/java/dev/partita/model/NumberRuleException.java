package dev.partita.model;

/** A number that DynamoDB does not take; the message is AWS's text. Carries no stack trace. */
public final class NumberRuleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NumberRuleException(String message) {
    super(message, null, false, false);
  }
}
