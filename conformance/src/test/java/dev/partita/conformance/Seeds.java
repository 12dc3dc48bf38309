package dev.partita.conformance;

import java.security.SecureRandom;

/** Seeds of random tests. */
public final class Seeds {
  private Seeds() {}

  /** The seed given with {@code -Dpartita.seed=...}, or a new one; printed with the test's name. */
  public static long next(String test) {
    Long given = Long.getLong("partita.seed");
    long seed = given == null ? new SecureRandom().nextInt() : given;
    System.out.println(test + ": repeat with -Dpartita.seed=" + seed);
    return seed;
  }
}
