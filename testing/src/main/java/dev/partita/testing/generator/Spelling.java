package dev.partita.testing.generator;

import java.math.BigDecimal;

/** Writes one number in one of the many ways that mean the same to DynamoDB. */
final class Spelling {

  private final Choices choices;

  Spelling(Choices choices) {
    this.choices = choices;
  }

  String spell(BigDecimal number) {
    String plain = number.toPlainString();
    String sign = number.signum() < 0 ? "-" : "";
    String digits = number.abs().toPlainString();
    boolean fraction = plain.contains(".");
    return switch (choices.below(12)) {
      case 0 -> sign + "000" + digits;
      case 1 -> fraction ? plain + "00" : plain + ".0";
      case 2 -> number.unscaledValue() + "e" + -number.scale();
      case 3 -> number.unscaledValue() + "E" + (number.scale() <= 0 ? "+" : "") + -number.scale();
      case 4 -> fraction && digits.startsWith("0.") ? sign + digits.substring(1) : plain;
      case 5 -> number.signum() < 0 ? plain : "+" + plain;
      case 6 -> number.movePointLeft(3).toPlainString() + "e3";
      default -> plain;
    };
  }
}
