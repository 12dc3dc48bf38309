package dev.partita.bench;

/** How requests spread over the keys. */
public enum KeyDistribution {
  /** Every key is as likely as any other. */
  UNIFORM,
  /**
   * A few keys take most requests: rank r with a probability proportional to r^-0.99, the constant
   * that YCSB made usual. Ranks are scattered over the key space.
   */
  ZIPFIAN
}
