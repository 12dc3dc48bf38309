package dev.partita.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShiftableClockTest {
  private static final long DAY = Duration.ofDays(1).toMillis();

  private long wall = 1_000;
  private final ShiftableClock clock =
      new ShiftableClock(
          new Clock() {
            @Override
            public long wallMillis() {
              return wall;
            }

            @Override
            public long monotonicNanos() {
              return 77;
            }
          });

  @Test
  void showsTheOtherClockUntilItIsMoved() {
    assertEquals(1_000, clock.wallMillis());
    clock.shift(Duration.ofDays(1));
    clock.shift(Duration.ofMillis(-1));
    assertEquals(1_000 + DAY - 1, clock.wallMillis());
    assertEquals(77, clock.monotonicNanos());
  }

  @Test
  void agesGrowByMovementsSinceThenOnly() {
    wall = 2_000;
    clock.shift(Duration.ofDays(1));
    wall = 3_000;
    assertEquals(DAY + 1_500, clock.ageMillis(1_500));
    assertEquals(500, clock.ageMillis(2_500));
    clock.shift(Duration.ofDays(2));
    wall = 4_000;
    assertEquals(3 * DAY + 2_500, clock.ageMillis(1_500));
    assertEquals(2 * DAY + 1_500, clock.ageMillis(2_500));
    assertEquals(500, clock.ageMillis(3_500));
  }

  @Test
  void anInstantOfAMovementIsBeforeIt() {
    clock.shift(Duration.ofDays(1));
    assertEquals(1_000, clock.translate(1_000));
    assertEquals(1_001 + DAY, clock.translate(1_001));
  }

  @Test
  void veryOldMovementsAreTakenTogether() {
    for (int count = 0; count < 3_000; count++) {
      wall++;
      clock.shift(Duration.ofMillis(1));
    }
    assertEquals(wall + 3_000, clock.wallMillis());
    assertEquals(3_900 + 2_899, clock.translate(3_900));
    assertEquals(1_100 + 2_001, clock.translate(1_100));
  }
}
