package dev.partita.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskSpaceTest {
  private static final long MIB = 1 << 20;

  private final SettableClock clock = new SettableClock();
  private final AtomicLong free = new AtomicLong(1000 * MIB);

  @Test
  void refusesBelowTheWatermarkAndResumesAboveIt() {
    DiskSpace space = new DiskSpace(free::get, 80 * MIB, clock);
    assertTrue(space.admit(MIB));
    free.set(80 * MIB);
    clock.advanceMillis(100);
    assertFalse(space.admit(MIB));
    assertTrue(space.isLow());
    free.set(85 * MIB);
    assertFalse(space.admit(MIB), "would flap");
    free.set(200 * MIB);
    assertTrue(space.admit(MIB));
    assertFalse(space.isLow());
  }

  @Test
  void countsWhatIsWrittenBetweenTwoProbes() {
    free.set(82 * MIB);
    DiskSpace space = new DiskSpace(free::get, 80 * MIB, clock);
    assertTrue(space.admit(MIB));
    assertTrue(space.admit(MIB));
    assertFalse(space.admit(MIB), "the clock stood still, the bytes did not");
  }

  @Test
  void asksByTimeAndByBytesButNotEachTime() {
    AtomicInteger probes = new AtomicInteger();
    DiskSpace space =
        new DiskSpace(
            () -> {
              probes.incrementAndGet();
              return free.get();
            },
            80 * MIB,
            clock);
    for (int write = 0; write < 100; write++) {
      space.admit(100);
    }
    assertEquals(1, probes.get());
    clock.advanceMillis(100);
    space.admit(100);
    assertEquals(2, probes.get());
    space.admit(5 * MIB);
    assertEquals(3, probes.get());
  }

  @Test
  void aFailingProbeRefusesNothing() {
    DiskSpace space =
        new DiskSpace(
            () -> {
              throw new IOException("no such device");
            },
            80 * MIB,
            clock);
    assertTrue(space.admit(MIB));
  }

  @Test
  void theDefaultWatermarkIsOnePercentWithinBounds() {
    assertEquals(64 * MIB, DiskSpace.defaultWatermark(1000 * MIB));
    assertEquals(1024 * MIB, DiskSpace.defaultWatermark(102_400 * MIB));
    assertEquals(4096 * MIB, DiskSpace.defaultWatermark(Long.MAX_VALUE));
  }

  @Test
  void watchesARealFileSystem(@TempDir Path directory) {
    DiskSpace space = DiskSpace.watching(directory, Clock.SYSTEM);
    assertTrue(space.watermarkBytes() >= 64 * MIB);
    assertFalse(space.admit(Long.MAX_VALUE / 4));
  }
}
