package dev.partita.model;

import dev.partita.base.Invariant;
import dev.partita.base.InvariantBrokenException;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * The ordered form of numbers: a byte of sign and exponent to the base of 100, then one byte for
 * each pair of digits, odd while more follow. Negative numbers are the complement. The format never
 * changes; {@code docs/item-format.md} has it in full.
 */
final class OrderedNumber {
  /** One byte of exponent and twenty pairs: 38 digits may begin in the middle of a pair. */
  static final int SIZE_MAX = 21;

  private static final int PAIRS_MAX = 20;
  private static final int EXPONENT_BIAS = 64;
  private static final int POSITIVE = 0x80;

  /** Pairs that fold into a long without overflow. */
  private static final int LONG_PAIRS_MAX = 9;

  private OrderedNumber() {}

  /** Writes {@code number} at {@code offset}; returns the offset behind it. */
  static int write(DecimalNumber number, byte[] target, int offset) {
    int end;
    if (number.isSmall()) {
      end = writeLong(Math.abs(number.smallValue()), 0, target, offset);
    } else {
      BigDecimal value = number.toBigDecimal();
      int scale = value.scale();
      BigInteger unscaled = value.unscaledValue().abs();
      if ((scale & 1) != 0) {
        unscaled = unscaled.multiply(BigInteger.TEN);
        scale++;
      }
      end =
          unscaled.bitLength() < Long.SIZE
              ? writeLong(unscaled.longValue(), -scale / 2, target, offset)
              : writeDigits(unscaled.toString(), -scale / 2, target, offset);
    }
    if (number.signum() < 0) {
      for (int i = offset; i < end; i++) {
        target[i] = (byte) ~target[i];
      }
    }
    return end;
  }

  private static int writeLong(long magnitude, int exponent, byte[] target, int offset) {
    if (magnitude == 0) {
      target[offset] = (byte) POSITIVE;
      target[offset + 1] = 0;
      return offset + 2;
    }
    long rest = magnitude;
    int dropped = 0;
    while (rest % 100 == 0) {
      rest /= 100;
      dropped++;
    }
    int pairs = 1;
    for (long left = rest / 100; left != 0; left /= 100) {
      pairs++;
    }
    target[offset] = (byte) (POSITIVE + EXPONENT_BIAS + pairs + dropped + exponent);
    int more = 0;
    for (int position = offset + pairs; position > offset; position--) {
      target[position] = (byte) (rest % 100 * 2 + more);
      rest /= 100;
      more = 1;
    }
    return offset + pairs + 1;
  }

  private static int writeDigits(String digits, int exponent, byte[] target, int offset) {
    String even = (digits.length() & 1) == 0 ? digits : "0" + digits;
    int all = even.length() / 2;
    int pairs = all;
    while (pair(even, pairs - 1) == 0) {
      pairs--;
    }
    target[offset] = (byte) (POSITIVE + EXPONENT_BIAS + all + exponent);
    for (int i = 0; i < pairs; i++) {
      target[offset + 1 + i] = (byte) (pair(even, i) * 2 + (i == pairs - 1 ? 0 : 1));
    }
    return offset + pairs + 1;
  }

  private static int pair(String digits, int index) {
    return (digits.charAt(index * 2) - '0') * 10 + (digits.charAt(index * 2 + 1) - '0');
  }

  /** Bytes of the number at {@code offset}. */
  static int length(byte[] source, int offset, int limit) {
    checkRoom(offset, limit);
    int flip = (source[offset] & POSITIVE) != 0 ? 0 : 0xFF;
    int end = Math.min(limit, offset + SIZE_MAX);
    for (int position = offset + 1; position < end; position++) {
      if (((source[position] ^ flip) & 1) == 0) {
        return position - offset + 1;
      }
    }
    throw new InvariantBrokenException("Stored number has no end");
  }

  static DecimalNumber read(byte[] source, int offset, int limit) {
    int length = length(source, offset, limit);
    boolean negative = (source[offset] & POSITIVE) == 0;
    int flip = negative ? 0xFF : 0;
    int exponent = ((source[offset] ^ flip) & 0x7F) - EXPONENT_BIAS;
    int pairs = length - 1;
    int first = pairAt(source, offset + 1, flip);
    int last = pairAt(source, offset + pairs, flip);
    if (pairs == 1 && first == 0) {
      Invariant.check(exponent == -EXPONENT_BIAS && !negative, "Stored number is a bad zero");
      return DecimalNumber.of(0);
    }
    Invariant.check(first != 0 && last != 0, "Stored number has a needless pair");
    if (exponent >= pairs && exponent <= LONG_PAIRS_MAX) {
      long magnitude = fold(source, offset + 1, pairs, flip);
      for (int i = pairs; i < exponent; i++) {
        magnitude *= 100;
      }
      return DecimalNumber.of(negative ? -magnitude : magnitude);
    }
    int scale = (pairs - exponent) * 2;
    if (pairs <= LONG_PAIRS_MAX) {
      long magnitude = fold(source, offset + 1, pairs, flip);
      if (last % 10 == 0) {
        magnitude /= 10;
        scale--;
      }
      return DecimalNumber.ofUnscaled(negative ? -magnitude : magnitude, scale);
    }
    return readBig(source, offset, pairs, negative, scale);
  }

  private static DecimalNumber readBig(
      byte[] source, int offset, int pairs, boolean negative, int scale) {
    int flip = negative ? 0xFF : 0;
    int head = pairs - LONG_PAIRS_MAX;
    BigInteger unscaled = BigInteger.ZERO;
    int position = offset + 1;
    while (head > 0) {
      int part = Math.min(head, LONG_PAIRS_MAX);
      unscaled =
          unscaled
              .multiply(BigInteger.TEN.pow(part * 2))
              .add(BigInteger.valueOf(fold(source, position, part, flip)));
      position += part;
      head -= part;
    }
    unscaled =
        unscaled
            .multiply(BigInteger.TEN.pow(LONG_PAIRS_MAX * 2))
            .add(BigInteger.valueOf(fold(source, position, LONG_PAIRS_MAX, flip)));
    return DecimalNumber.ofUnscaled(negative ? unscaled.negate() : unscaled, scale);
  }

  private static long fold(byte[] source, int offset, int pairs, int flip) {
    long value = 0;
    for (int i = 0; i < pairs; i++) {
      value = value * 100 + pairAt(source, offset + i, flip);
    }
    return value;
  }

  private static int pairAt(byte[] source, int position, int flip) {
    int pair = ((source[position] ^ flip) & 0xFF) >> 1;
    Invariant.check(pair < 100, "Stored number has a bad pair", "pair", pair);
    return pair;
  }

  private static void checkRoom(int offset, int limit) {
    Invariant.check(offset >= 0 && offset < limit, "Stored number is cut off");
    Invariant.check(PAIRS_MAX + 1 == SIZE_MAX, "Sizes of numbers disagree");
  }
}
