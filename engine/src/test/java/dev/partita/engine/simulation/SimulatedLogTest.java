package dev.partita.engine.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.replication.AppendCallback;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import dev.partita.replication.ReplicationLogContract;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.KeyValueStore;
import org.junit.jupiter.api.Test;

/** The simulated log keeps the contract of logs, with delays and with entries that come twice. */
class SimulatedLogTest extends ReplicationLogContract {
  private static final int ALWAYS = 1_000_000;

  private final Trace trace = new Trace();
  private final Timeline timeline = new Timeline(new Dice(1), trace, 50);
  private final SimulatedDisk disk = new SimulatedDisk();
  private final FaultCounts counts = new FaultCounts();
  private LogFaults faults = new LogFaults(5_000, 0, 0, 0, 0, 0, ALWAYS / 2);
  private int starts;
  private Life life = new Life();
  private SimulatedLog log = open();

  private SimulatedLog open() {
    return new SimulatedLog(
        disk,
        new SimulatedLog.Surroundings("log", timeline, life, new Dice(starts++), trace, counts),
        faults);
  }

  /** The log, with time that passes whenever an entry is in flight. */
  @Override
  protected ReplicationLog log() {
    SimulatedLog simulated = log;
    return new ReplicationLog() {
      @Override
      public LogPosition position() {
        return simulated.position();
      }

      @Override
      public void append(LogEntry entry, AppendCallback callback) {
        simulated.append(entry, callback);
        while (!simulated.isIdle()) {
          assertTrue(timeline.runNext());
        }
      }

      @Override
      public int entryBytesMax() {
        return simulated.entryBytesMax();
      }

      @Override
      public void close() {
        simulated.close();
      }
    };
  }

  @Override
  protected KeyValueStore store() {
    return disk.store();
  }

  @Override
  protected void restart() {
    life.end();
    life = new Life();
    log = open();
  }

  @Override
  protected void setFreeBytes(long bytes) {
    log.setFreeBytes(bytes);
  }

  private void behave(LogFaults other) {
    faults = other;
    restart();
  }

  private LogEntry change() {
    LogEntry entry = next();
    entry.writeSet().put(ColumnFamily.ITEMS, bytes(1), bytes(1));
    return entry;
  }

  private byte[] stored() {
    byte[] value = store().get(ColumnFamily.ITEMS, bytes(1));
    return value == null ? bytes() : value;
  }

  private void runAll() {
    while (timeline.runNext()) {
      assertEquals(0, counts.crashes);
    }
  }

  @Test
  void anEntryThatComesTwiceIsAppliedOnce() {
    behave(new LogFaults(1, 0, 0, 0, 0, 0, ALWAYS));
    assertInstanceOf(AppendOutcome.Applied.class, append(change()));
    LogEntry second = next();
    second.writeSet().delete(ColumnFamily.ITEMS, bytes(1));
    assertInstanceOf(AppendOutcome.Applied.class, append(second));
    runAll();
    assertEquals(2, disk.duplicates());
    assertEquals(second.position(), log.position());
    assertEquals(0, stored().length);
  }

  @Test
  void ofARefusedEntryNothingIsApplied() {
    behave(new LogFaults(1, ALWAYS, 0, 0, 0, 0, 0));
    assertInstanceOf(AppendOutcome.NotAppended.class, append(change()));
    runAll();
    assertEquals(LogPosition.START, log.position());
    assertEquals(0, stored().length);
  }

  @Test
  void aReplicaThatLeadsNoMoreRefusesForAWhile() {
    behave(new LogFaults(1, 0, ALWAYS, 0, 0, 0, 0));
    AppendOutcome notLeader = new AppendOutcome.NotAppended(AppendOutcome.Reason.NOT_LEADER);
    assertEquals(notLeader, append(change()));
    assertEquals(notLeader, append(change()));
    log.setFaults(LogFaults.none(1));
    assertInstanceOf(AppendOutcome.Applied.class, append(change()));
  }

  @Test
  void anUnknownEntryMayBeAppliedNowLaterOrNever() {
    behave(new LogFaults(1, 0, 0, ALWAYS, 0, 0, 0));
    assertEquals(new AppendOutcome.Unknown(), append(change()));
    assertEquals(1, stored().length);
    assertEquals(
        new AppendOutcome.NotAppended(AppendOutcome.Reason.CLOSED),
        append(change()),
        "nothing is taken before the log is opened again");

    behave(new LogFaults(1, 0, 0, 0, ALWAYS, 0, 0));
    LogPosition before = log.position();
    assertEquals(new AppendOutcome.Unknown(), append(next()));
    runAll();
    assertEquals(before, log.position());

    behave(new LogFaults(1, 0, 0, 0, 0, ALWAYS, 0));
    LogEntry late = next();
    assertEquals(new AppendOutcome.Unknown(), append(late));
    assertEquals(before, log.position());
    runAll();
    assertEquals(late.position(), log.position());
  }

  @Test
  void anEntryInFlightSurvivesACrashOrDoesNot() {
    boolean survived = false;
    boolean lost = false;
    for (int round = 0; round < 40; round++) {
      LogEntry entry = next();
      log.append(
          entry,
          outcome -> {
            throw new AssertionError("told of " + outcome);
          });
      life.end();
      log.crash();
      boolean found = disk.position().equals(entry.position());
      survived |= found;
      lost |= !found;
      life = new Life();
      log = open();
      runAll();
    }
    assertTrue(survived && lost);
    assertNull(disk.store().get(ColumnFamily.ITEMS, bytes(1)));
  }
}
