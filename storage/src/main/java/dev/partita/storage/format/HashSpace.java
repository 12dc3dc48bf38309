package dev.partita.storage.format;

/** The 64-bit hashes of partition keys, cut into equal parts for partitions and scan segments. */
public final class HashSpace {
  private HashSpace() {}

  /**
   * The least hash, compared unsigned, of part {@code index} of {@code count}; part 0 starts at 0.
   *
   * @param count 1 to 2^31 - 1
   */
  public static long firstHash(int index, int count) {
    // 2^64 / count rounded up, which does not fit a long for a count of 1.
    return index == 0 ? 0 : index * (Long.divideUnsigned(-1L, count) + 1);
  }
}
