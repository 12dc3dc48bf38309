package dev.partita.model;

import java.math.BigDecimal;

/** AWS's rule for the size of a number. */
final class NumberSize {
  private NumberSize() {}

  static int of(DecimalNumber number) {
    int sign = number.signum() < 0 ? 1 : 0;
    if (number.isSmall()) {
      return 1 + sign + half(smallDigits(Math.abs(number.smallValue())));
    }
    BigDecimal value = number.toBigDecimal();
    int digits = value.precision();
    int scale = value.scale();
    if (scale <= 0 || scale >= digits) {
      return 1 + sign + half(digits);
    }
    return 1 + sign + half(digits - scale) + half(scale);
  }

  /** Digits without the zeros at the end. */
  private static int smallDigits(long magnitude) {
    if (magnitude == 0) {
      return 0;
    }
    long rest = magnitude;
    while (rest % 10 == 0) {
      rest /= 10;
    }
    int digits = 0;
    while (rest != 0) {
      rest /= 10;
      digits++;
    }
    return digits;
  }

  private static int half(int digits) {
    return (digits + 1) / 2;
  }
}
