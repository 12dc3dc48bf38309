package dev.partita.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number of up to 38 significant digits: zero, or a magnitude from 1E-130 to
 * 9.9999999999999999999999999999999999999E+125. Immutable; equal by value, so 1.0 equals 1.
 *
 * <p>Integers of up to 18 digits are held in a long, everything else in a {@link BigDecimal}.
 *
 * <p>Source: AWS, "Supported data types and naming rules in Amazon DynamoDB", Numbers.
 */
public final class DecimalNumber implements Comparable<DecimalNumber> {
  /** Most bytes of the ordered form. */
  public static final int ORDERED_SIZE_MAX = OrderedNumber.SIZE_MAX;

  private static final int DIGITS_MAX = 38;
  private static final int EXPONENT_MIN = -130;
  private static final int EXPONENT_MAX = 125;
  private static final int SMALL_DIGITS_MAX = 18;
  private static final long SMALL_BOUND = 1_000_000_000_000_000_000L;
  private static final int CACHED_MAX = 1024;
  private static final DecimalNumber[] CACHED = cached();

  private final long small;
  private final @Nullable BigDecimal big;

  /** {@code big} has no trailing zeros and is null exactly for integers within the small bound. */
  private DecimalNumber(long small, @Nullable BigDecimal big) {
    this.small = small;
    this.big = big;
  }

  private static DecimalNumber[] cached() {
    DecimalNumber[] numbers = new DecimalNumber[CACHED_MAX];
    for (int value = 0; value < CACHED_MAX; value++) {
      numbers[value] = new DecimalNumber(value, null);
    }
    return numbers;
  }

  /** The integer {@code value}. */
  public static DecimalNumber of(long value) {
    if (value >= 0 && value < CACHED_MAX) {
      return CACHED[(int) value];
    }
    if (value > -SMALL_BOUND && value < SMALL_BOUND) {
      return new DecimalNumber(value, null);
    }
    return new DecimalNumber(0, BigDecimal.valueOf(value).stripTrailingZeros());
  }

  /**
   * The number that {@code text} writes: an optional sign, digits with an optional point, an
   * optional exponent.
   *
   * @throws NumberRuleException with AWS's text if it is no number, has more than 38 significant
   *     digits or is out of range
   */
  public static DecimalNumber parse(String text) {
    int length = text.length();
    int start = length > 0 && text.charAt(0) == '-' ? 1 : 0;
    int digits = length - start;
    if (digits >= 1 && digits <= SMALL_DIGITS_MAX) {
      long value = 0;
      int position = start;
      while (position < length) {
        int digit = text.charAt(position) - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        value = value * 10 + digit;
        position++;
      }
      if (position == length) {
        return of(start == 1 ? -value : value);
      }
    }
    return new DecimalText(text).read();
  }

  /**
   * The number {@code digits} times ten to the power of {@code exponent}.
   *
   * @param digits significant digits without leading or trailing zeros, not empty
   */
  static DecimalNumber ofDigits(boolean negative, String digits, long exponent) {
    long highest = exponent + digits.length() - 1;
    if (highest > EXPONENT_MAX) {
      throw overflow();
    }
    if (highest < EXPONENT_MIN) {
      throw underflow();
    }
    if (digits.length() > DIGITS_MAX) {
      throw tooManyDigits();
    }
    if (digits.length() <= SMALL_DIGITS_MAX) {
      return ofUnscaled(negative, Long.parseLong(digits), (int) exponent, (int) highest);
    }
    BigInteger unscaled = new BigInteger(digits);
    return new DecimalNumber(
        0, new BigDecimal(negative ? unscaled.negate() : unscaled, (int) -exponent));
  }

  private static DecimalNumber ofUnscaled(
      boolean negative, long digits, int exponent, int highest) {
    long signed = negative ? -digits : digits;
    if (exponent >= 0 && highest < SMALL_DIGITS_MAX) {
      long value = signed;
      for (int i = 0; i < exponent; i++) {
        value *= 10;
      }
      return of(value);
    }
    return new DecimalNumber(0, BigDecimal.valueOf(signed, -exponent));
  }

  /**
   * The number {@code unscaled * 10^-scale}, known to be in range; zeros at its end are dropped.
   */
  static DecimalNumber ofUnscaled(BigInteger unscaled, int scale) {
    return ofInRange(new BigDecimal(unscaled, scale).stripTrailingZeros());
  }

  /** The number {@code unscaled * 10^-scale}, known to be in range, no zero at its end. */
  static DecimalNumber ofUnscaled(long unscaled, int scale) {
    return new DecimalNumber(0, BigDecimal.valueOf(unscaled, scale));
  }

  private static DecimalNumber ofInRange(BigDecimal stripped) {
    if (stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= SMALL_DIGITS_MAX) {
      return of(stripped.longValueExact());
    }
    return new DecimalNumber(0, stripped);
  }

  private static DecimalNumber ofResult(BigDecimal exact) {
    if (exact.signum() == 0) {
      return CACHED[0];
    }
    BigDecimal stripped = exact.stripTrailingZeros();
    int highest = stripped.precision() - stripped.scale() - 1;
    // AWS calls a result that needs too many digits an overflow, too.
    if (highest > EXPONENT_MAX || stripped.precision() > DIGITS_MAX) {
      throw overflow();
    }
    if (highest < EXPONENT_MIN) {
      throw underflow();
    }
    return ofInRange(stripped);
  }

  private static NumberRuleException overflow() {
    return new NumberRuleException(
        "Number overflow. Attempting to store a number with magnitude larger than supported range");
  }

  private static NumberRuleException underflow() {
    return new NumberRuleException(
        "Number underflow. Attempting to store a number with magnitude smaller than supported"
            + " range");
  }

  private static NumberRuleException tooManyDigits() {
    return new NumberRuleException(
        "Attempting to store more than 38 significant digits in a Number");
  }

  /**
   * The exact sum.
   *
   * @throws NumberRuleException if it is out of range or needs more than 38 significant digits
   */
  public DecimalNumber add(DecimalNumber other) {
    return big == null && other.big == null
        ? of(small + other.small)
        : ofResult(toBigDecimal().add(other.toBigDecimal()));
  }

  /**
   * The exact difference.
   *
   * @throws NumberRuleException if it is out of range or needs more than 38 significant digits
   */
  public DecimalNumber subtract(DecimalNumber other) {
    return big == null && other.big == null
        ? of(small - other.small)
        : ofResult(toBigDecimal().subtract(other.toBigDecimal()));
  }

  /** The same value for the JDK. */
  public BigDecimal toBigDecimal() {
    return big == null ? BigDecimal.valueOf(small) : big;
  }

  /** -1, 0 or 1. */
  public int signum() {
    return big == null ? Long.signum(small) : big.signum();
  }

  /** Whether the value is an integer of up to 18 digits, which {@link #smallValue} gives. */
  boolean isSmall() {
    return big == null;
  }

  long smallValue() {
    return small;
  }

  /**
   * Size in bytes by AWS's rule: one, one for every two significant digits of the integer part, one
   * for every two of the fraction, and one more if negative.
   */
  public int encodedSize() {
    return NumberSize.of(this);
  }

  /**
   * A self-delimiting form whose unsigned byte order is numeric order; see {@code
   * docs/item-format.md}. At most {@link #ORDERED_SIZE_MAX} bytes.
   */
  public byte[] toOrdered() {
    byte[] room = new byte[OrderedNumber.SIZE_MAX];
    int size = OrderedNumber.write(this, room, 0);
    byte[] ordered = new byte[size];
    System.arraycopy(room, 0, ordered, 0, size);
    return ordered;
  }

  /**
   * Writes the ordered form at {@code offset} of {@code target}, which must have room for {@link
   * #ORDERED_SIZE_MAX} bytes; returns the offset behind it.
   */
  public int appendOrdered(byte[] target, int offset) {
    return OrderedNumber.write(this, target, offset);
  }

  /**
   * The number whose ordered form begins at {@code offset}.
   *
   * @param limit offset behind the last byte that may be read
   * @throws dev.partita.base.InvariantBrokenException if the bytes are no ordered number
   */
  public static DecimalNumber fromOrdered(byte[] source, int offset, int limit) {
    return OrderedNumber.read(source, offset, limit);
  }

  /**
   * Bytes of the ordered form that begins at {@code offset}.
   *
   * @param limit offset behind the last byte that may be read
   * @throws dev.partita.base.InvariantBrokenException if it does not end before {@code limit}
   */
  public static int orderedLength(byte[] source, int offset, int limit) {
    return OrderedNumber.length(source, offset, limit);
  }

  @Override
  public int compareTo(DecimalNumber other) {
    return big == null && other.big == null
        ? Long.compare(small, other.small)
        : toBigDecimal().compareTo(other.toBigDecimal());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof DecimalNumber number
        && small == number.small
        && (big == null ? number.big == null : big.equals(number.big));
  }

  @Override
  public int hashCode() {
    return big == null ? Long.hashCode(small) : big.hashCode();
  }

  /** AWS's canonical text: plain digits without exponent and without needless zeros. */
  @Override
  public String toString() {
    return big == null ? Long.toString(small) : big.toPlainString();
  }
}
