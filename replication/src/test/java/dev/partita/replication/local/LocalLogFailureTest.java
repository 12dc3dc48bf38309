package dev.partita.replication.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Clock;
import dev.partita.base.InvariantBrokenException;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.AppendOutcome.NotAppended;
import dev.partita.replication.AppendOutcome.Reason;
import dev.partita.replication.AppendOutcome.Unknown;
import dev.partita.replication.BatchId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.storage.DiskSpace;
import dev.partita.storage.NoSpaceException;
import dev.partita.storage.StorageException;
import dev.partita.storage.StoreClosedException;
import dev.partita.storage.WriteSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A disk that fails, with a store that does what the test says. */
class LocalLogFailureTest {
  private static final LogEntry FIRST = new LogEntry(0, 1, new BatchId(1, 2), 10, new WriteSet());

  private final List<Throwable> fatal = new ArrayList<>();
  private final List<AppendOutcome> outcomes = new ArrayList<>();

  private LocalLog log(FailingStore store) {
    return LocalLog.open(
        store,
        new DiskSpace(() -> 1L << 40, 64 << 20, Clock.SYSTEM),
        (message, cause) -> fatal.add(cause));
  }

  @Test
  void aFailedFsyncIsFatalAndNeverRetried() {
    StorageException failure = new StorageException("fsync failed", new IOException());
    FailingStore store =
        new FailingStore(() -> {
          throw failure;
        });
    LocalLog log = log(store);
    log.append(FIRST, outcomes::add);
    log.append(FIRST, outcomes::add);
    assertEquals(List.of(new Unknown(), new NotAppended(Reason.CLOSED)), outcomes);
    assertEquals(1, store.writes);
    assertSame(failure, fatal.getFirst());
    assertEquals(1, fatal.size());
    assertEquals(LogPosition.START, log.position());
  }

  @Test
  void aDiskThatFillsUnderTheStoreRefusesWritesButIsNotFatal() {
    FailingStore store =
        new FailingStore(() -> {
          throw new NoSpaceException("no space left", new IOException());
        });
    LocalLog log = log(store);
    log.append(FIRST, outcomes::add);
    log.append(FIRST, outcomes::add);
    log.append(FIRST, outcomes::add);
    assertEquals(
        List.of(
            new Unknown(), new NotAppended(Reason.DISK_FULL), new NotAppended(Reason.DISK_FULL)),
        outcomes);
    assertEquals(1, store.writes);
    assertTrue(fatal.isEmpty());
  }

  @Test
  void aClosedStoreAppendsNothing() {
    FailingStore store =
        new FailingStore(() -> {
          throw new StoreClosedException("closed");
        });
    log(store).append(FIRST, outcomes::add);
    assertEquals(List.of(new NotAppended(Reason.CLOSED)), outcomes);
    assertTrue(fatal.isEmpty());
  }

  @Test
  void oneEntryIsInFlightAndCloseWaitsForIt() throws InterruptedException {
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    FailingStore store =
        new FailingStore(() -> {
          writing.countDown();
          awaitUninterruptibly(goOn);
        });
    LocalLog log = log(store);
    Thread writer = Thread.ofPlatform().start(() -> log.append(FIRST, outcomes::add));
    assertTrue(writing.await(10, TimeUnit.SECONDS));
    assertThrows(InvariantBrokenException.class, () -> log.append(FIRST, outcomes::add));
    Thread closing = Thread.ofPlatform().start(log::close);
    assertFalse(closing.join(Duration.ofMillis(50)));
    goOn.countDown();
    assertTrue(closing.join(Duration.ofSeconds(10)));
    assertTrue(writer.join(Duration.ofSeconds(10)));
    assertInstanceOf(AppendOutcome.Applied.class, outcomes.getFirst());
    assertEquals(1, outcomes.size());
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void inProductionAFatalErrorEndsTheProcessAtOnce() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Halting.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
    assertEquals(FatalErrorHandler.EXIT_STATUS, process.exitValue(), output);
    assertFalse(output.contains("hook"), output);
  }

  /** Meets a fatal error. */
  static final class Halting {
    private Halting() {}

    public static void main(String[] arguments) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook")));
      FatalErrorHandler.halting().fatal("fsync failed", new IOException("EIO"));
    }
  }
}
