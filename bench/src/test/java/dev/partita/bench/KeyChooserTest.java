package dev.partita.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class KeyChooserTest {
  private static final long SEED = 7;
  private static final int DRAWS = 400_000;

  @Test
  void zipfianRanksHaveTheirExactProbabilities() {
    int keys = 50;
    double sum = 0;
    for (int rank = 1; rank <= keys; rank++) {
      sum += Math.pow(rank, -KeyChooser.EXPONENT);
    }
    int[] seen = new int[keys + 1];
    KeyChooser.Zipfian chooser =
        new KeyChooser.Zipfian(keys, KeyChooser.EXPONENT, new SplittableRandom(SEED));
    for (int i = 0; i < DRAWS; i++) {
      seen[(int) chooser.nextRank()]++;
    }
    for (int rank = 1; rank <= keys; rank++) {
      double expected = DRAWS * Math.pow(rank, -KeyChooser.EXPONENT) / sum;
      assertEquals(expected, seen[rank], 5 * Math.sqrt(expected), "rank " + rank + " seed " + SEED);
    }
  }

  @Test
  void zipfianStaysExactOverATrillionKeys() {
    long keys = 1_000_000_000_000L;
    // The harmonic sum by Euler and Maclaurin from rank 1000 on.
    double sum = 0;
    for (int rank = 1; rank < 1000; rank++) {
      sum += Math.pow(rank, -KeyChooser.EXPONENT);
    }
    double rest = 1 - KeyChooser.EXPONENT;
    sum +=
        (Math.pow((double) keys, rest) - Math.pow(1000, rest)) / rest + Math.pow(1000, -0.99) / 2;
    KeyChooser.Zipfian chooser =
        new KeyChooser.Zipfian(keys, KeyChooser.EXPONENT, new SplittableRandom(SEED));
    int first = 0;
    long largest = 0;
    for (int i = 0; i < DRAWS; i++) {
      long rank = chooser.nextRank();
      assertTrue(rank >= 1 && rank <= keys, "rank " + rank + " seed " + SEED);
      first += rank == 1 ? 1 : 0;
      largest = Math.max(largest, rank);
    }
    double expected = DRAWS / sum;
    assertEquals(expected, first, 5 * Math.sqrt(expected), "seed " + SEED);
    assertTrue(largest > keys / 10, "the tail is drawn from, seed " + SEED);
  }

  @Test
  void permutationIsOneToOneForEverySize() {
    for (int size = 1; size <= 600; size++) {
      KeyPermutation permutation = new KeyPermutation(size);
      BitSet seen = new BitSet(size);
      for (int value = 0; value < size; value++) {
        int place = (int) permutation.apply(value);
        assertTrue(place >= 0 && place < size, "size " + size + " value " + value);
        assertFalse(seen.get(place), "size " + size + " place " + place + " twice");
        seen.set(place);
      }
    }
  }

  @Test
  void permutationScattersNeighbours() {
    KeyPermutation permutation = new KeyPermutation(1_000_000);
    int near = 0;
    for (int value = 1; value <= 1000; value++) {
      near += Math.abs(permutation.apply(value) - permutation.apply(value - 1)) < 10_000 ? 1 : 0;
    }
    assertTrue(near < 60, near + " of 1000 neighbours stayed near");
  }

  @Test
  void uniformReachesEveryKey() {
    KeyChooser chooser = KeyChooser.of(KeyDistribution.UNIFORM, 100, new SplittableRandom(SEED));
    BitSet seen = new BitSet();
    for (int i = 0; i < 5_000; i++) {
      seen.set((int) chooser.next());
    }
    assertEquals(100, seen.cardinality());
    assertEquals(100, seen.length());
  }
}
