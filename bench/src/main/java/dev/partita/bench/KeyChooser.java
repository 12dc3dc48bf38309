package dev.partita.bench;

import java.util.SplittableRandom;

/** Chooses key numbers in [0, key count). Owned by one thread. */
sealed interface KeyChooser permits KeyChooser.Uniform, KeyChooser.Zipfian {

  /** The exponent that YCSB uses. */
  double EXPONENT = 0.99;

  /** The next key number. */
  long next();

  /** The chooser of a distribution over {@code keyCount} keys (at least 1). */
  static KeyChooser of(KeyDistribution distribution, long keyCount, SplittableRandom random) {
    return switch (distribution) {
      case UNIFORM -> new Uniform(keyCount, random);
      case ZIPFIAN -> new Zipfian(keyCount, EXPONENT, random);
    };
  }

  /** Every key alike. */
  record Uniform(long keyCount, SplittableRandom random) implements KeyChooser {
    @Override
    public long next() {
      return random.nextLong(keyCount);
    }
  }

  /**
   * Zipf by rejection-inversion (Hörmann and Derflinger, "Rejection-inversion to generate variates
   * from monotone discrete distributions", 1996): exact for every key count in constant time and
   * memory, where the usual generator sums a harmonic series over all keys first.
   */
  final class Zipfian implements KeyChooser {
    private final long keyCount;
    private final double exponent;
    private final SplittableRandom random;
    private final KeyPermutation permutation;
    private final double integralOfFirst;
    private final double integralOfLast;
    private final double shortcut;

    Zipfian(long keyCount, double exponent, SplittableRandom random) {
      this.keyCount = keyCount;
      this.exponent = exponent;
      this.random = random;
      this.permutation = new KeyPermutation(keyCount);
      this.integralOfFirst = integral(1.5) - 1;
      this.integralOfLast = integral(keyCount + 0.5);
      this.shortcut = 2 - inverseIntegral(integral(2.5) - density(2));
    }

    @Override
    public long next() {
      return permutation.apply(nextRank() - 1);
    }

    /** A rank from 1, the most frequent, to the key count. */
    long nextRank() {
      while (true) {
        double u = integralOfLast + random.nextDouble() * (integralOfFirst - integralOfLast);
        double x = inverseIntegral(u);
        long rank = Math.clamp((long) (x + 0.5), 1L, keyCount);
        if (rank - x <= shortcut || u >= integral(rank + 0.5) - density((double) rank)) {
          return rank;
        }
      }
    }

    private double density(double x) {
      return Math.exp(-exponent * Math.log(x));
    }

    private double integral(double x) {
      double log = Math.log(x);
      return expm1Over((1 - exponent) * log) * log;
    }

    private double inverseIntegral(double x) {
      double t = Math.max(-1, x * (1 - exponent));
      return Math.exp(log1pOver(t) * x);
    }

    private static double expm1Over(double x) {
      return Math.abs(x) > 1e-8 ? Math.expm1(x) / x : 1 + x / 2 * (1 + x / 3);
    }

    private static double log1pOver(double x) {
      return Math.abs(x) > 1e-8 ? Math.log1p(x) / x : 1 - x / 2 + x * x / 3;
    }
  }
}
