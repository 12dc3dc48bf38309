package dev.partita.engine.simulation;

import dev.partita.base.RandomSource;
import java.util.List;
import java.util.SplittableRandom;

/** Random choices that follow from a seed. */
final class Dice implements RandomSource {
  private final SplittableRandom random;

  Dice(long seed) {
    this(new SplittableRandom(seed));
  }

  private Dice(SplittableRandom random) {
    this.random = random;
  }

  /** Other dice, whose choices do not disturb these. */
  Dice split() {
    return new Dice(random.split());
  }

  @Override
  public long nextLong() {
    return random.nextLong();
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  /** From {@code least} to {@code most}. */
  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** True so many times in a million. */
  boolean perMillion(int times) {
    return random.nextInt(1_000_000) < times;
  }

  /** True so many times in a hundred. */
  boolean percent(int times) {
    return random.nextInt(100) < times;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(below(choices.size()));
  }
}
