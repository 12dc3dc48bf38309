package dev.partita.model;

import org.jspecify.annotations.Nullable;

/** Reads the general form of a number in one pass, whatever its length. One use. */
final class DecimalText {
  /** One more than allowed, so that the excess is seen. */
  private static final int DIGITS_KEPT_MAX = 39;

  private static final long EXPONENT_BOUND = 1_000_000_000_000L;

  private final String text;
  private final StringBuilder significant = new StringBuilder(DIGITS_KEPT_MAX);
  private int position;
  private boolean anyDigit;

  /** Zeros behind the last significant digit so far. */
  private long zerosPending;

  /** Significant digits dropped because there were too many. */
  private long dropped;

  private long exponent;

  DecimalText(String text) {
    this.text = text;
  }

  DecimalNumber read() {
    boolean negative = peek() == '-';
    if (negative || peek() == '+') {
      position++;
    }
    readDigits(false);
    if (peek() == '.') {
      position++;
      readDigits(true);
    }
    if (!anyDigit) {
      throw notNumeric(text);
    }
    if (peek() == 'e' || peek() == 'E') {
      position++;
      exponent += readExponent();
    }
    if (position != text.length()) {
      throw notNumeric(text);
    }
    if (significant.isEmpty()) {
      return DecimalNumber.of(0);
    }
    return DecimalNumber.ofDigits(
        negative, significant.toString(), exponent + zerosPending + dropped);
  }

  private char peek() {
    return position < text.length() ? text.charAt(position) : '\0';
  }

  private void readDigits(boolean fraction) {
    while (peek() >= '0' && peek() <= '9') {
      addDigit(peek());
      position++;
      anyDigit = true;
      if (fraction) {
        exponent--;
      }
    }
  }

  private void addDigit(char digit) {
    if (digit == '0') {
      if (!significant.isEmpty()) {
        zerosPending++;
      }
      return;
    }
    while (zerosPending > 0) {
      keep('0');
      zerosPending--;
    }
    keep(digit);
  }

  private void keep(char digit) {
    if (significant.length() < DIGITS_KEPT_MAX) {
      significant.append(digit);
    } else {
      dropped++;
    }
  }

  private long readExponent() {
    boolean negative = peek() == '-';
    if (negative || peek() == '+') {
      position++;
    }
    int first = position;
    long value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = Math.min(EXPONENT_BOUND, value * 10 + (peek() - '0'));
      position++;
    }
    if (position == first) {
      throw notNumeric(text);
    }
    return negative ? -value : value;
  }

  private static NumberRuleException notNumeric(@Nullable String text) {
    return new NumberRuleException(
        text == null || text.isEmpty()
            ? "The parameter cannot be converted to a numeric value"
            : "The parameter cannot be converted to a numeric value: " + text);
  }
}
