package dev.partita.bench;

/**
 * A fixed one-to-one scattering of [0, size): a four-round Feistel network over the next even
 * number of bits, walked until it lands inside. Unlike a hash it never lets two ranks share a key.
 */
final class KeyPermutation {
  private static final int ROUNDS = 4;

  private final long size;
  private final int halfBits;
  private final long halfMask;

  KeyPermutation(long size) {
    this.size = size;
    int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
    this.halfBits = (bits + 1) / 2;
    this.halfMask = (1L << halfBits) - 1;
  }

  /** The place of a value in [0, size). */
  long apply(long value) {
    long scattered = value;
    do {
      scattered = rounds(scattered);
    } while (scattered >= size);
    return scattered;
  }

  private long rounds(long value) {
    long left = value >>> halfBits;
    long right = value & halfMask;
    for (int round = 1; round <= ROUNDS; round++) {
      long next = left ^ (mix(right + round * 0x9E3779B97F4A7C15L) & halfMask);
      left = right;
      right = next;
    }
    return left << halfBits | right;
  }

  /** The finaliser of SplitMix64. */
  private static long mix(long value) {
    long mixed = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
    return mixed ^ mixed >>> 31;
  }
}
