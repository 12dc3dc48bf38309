package dev.partita.engine.stream;

/**
 * Sequence numbers as clients see them: 21 digits, 10^20 plus the sequence of the change in its
 * partition. So they have one length, order as numbers and as texts, and those of a shard are
 * greater than those of its parent.
 */
final class SequenceNumbers {
  /** What {@link #parse} answers to what no sequence number looks like. */
  static final long INVALID = -1;

  private static final int LENGTH = 21;
  private static final char FIRST = '1';

  private SequenceNumbers() {}

  static String format(long sequence) {
    char[] digits = new char[LENGTH];
    digits[0] = FIRST;
    long rest = sequence;
    for (int index = LENGTH - 1; index > 0; index--) {
      digits[index] = (char) ('0' + rest % 10);
      rest /= 10;
    }
    return new String(digits);
  }

  /** The sequence, or {@link #INVALID}. */
  static long parse(String number) {
    if (number.length() != LENGTH || number.charAt(0) != FIRST) {
      return INVALID;
    }
    long sequence = 0;
    for (int index = 1; index < LENGTH; index++) {
      int digit = number.charAt(index) - '0';
      if (digit < 0 || digit > 9 || sequence > (Long.MAX_VALUE - digit) / 10) {
        return INVALID;
      }
      sequence = sequence * 10 + digit;
    }
    return sequence;
  }
}
