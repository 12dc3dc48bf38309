package dev.partita.testing.generator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random choices from a seed. */
public final class Choices {

  private final Random random;

  /** The same seed gives the same choices. */
  public Choices(long seed) {
    this.random = new Random(seed);
  }

  /** From 0 to bound - 1. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From low to high, both included. */
  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  /** True in that many of a hundred cases. */
  public boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  /** True in that many of a thousand cases. */
  boolean permille(int permille) {
    return random.nextInt(1000) < permille;
  }

  /** A new seed. */
  public long seed() {
    return random.nextLong();
  }

  /** One of the candidates. */
  public <T> T oneOf(List<T> candidates) {
    return candidates.get(random.nextInt(candidates.size()));
  }

  /** The list in random order. */
  public <T> List<T> shuffled(List<T> list) {
    List<T> shuffled = new ArrayList<>(list);
    Collections.shuffle(shuffled, random);
    return shuffled;
  }
}
