package dev.partita.engine.simulation;

import dev.partita.base.Invariant;
import dev.partita.replication.AppendCallback;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import org.jspecify.annotations.Nullable;

/** The log of a group in one life of a node, with the faults that a replicated log may show. */
class SimulatedLog implements ReplicationLog {
  private static final int ENTRY_BYTES_MAX = 1 << 20;
  private static final int LOST_LEADER_MICROS_MAX = 200_000;
  private static final int LATE_MICROS_MAX = 100_000;
  private static final int DUPLICATE_MICROS_MAX = 20_000;

  /** What has not happened to a disk with this much free space. */
  private static final long FREE_BYTES_MIN = 1 << 20;

  private final String name;
  private final SimulatedDisk disk;
  private final Timeline timeline;
  private final Life life;
  private final Dice dice;
  private final Trace trace;
  private final FaultCounts counts;
  private LogFaults faults;
  private @Nullable LogEntry inFlight;

  /** An entry of which nobody knows whether it is applied, and which still may be. */
  private @Nullable LogEntry late;

  private boolean unsettled;
  private boolean closed;
  private boolean immediate;
  private long freeBytes = Long.MAX_VALUE;
  private long leaderlessUntilNanos;

  /**
   * What a log needs of the simulation.
   *
   * @param name tells it from others in the trace
   */
  record Surroundings(
      String name, Timeline timeline, Life life, Dice dice, Trace trace, FaultCounts counts) {}

  /** A log of {@code disk} until the life ends. */
  SimulatedLog(SimulatedDisk disk, Surroundings surroundings, LogFaults faults) {
    this.disk = disk;
    this.name = surroundings.name;
    this.timeline = surroundings.timeline;
    this.life = surroundings.life;
    this.dice = surroundings.dice;
    this.trace = surroundings.trace;
    this.counts = surroundings.counts;
    this.faults = faults;
  }

  /** From now on it behaves so, and leads. */
  void setFaults(LogFaults next) {
    faults = next;
    leaderlessUntilNanos = 0;
  }

  /** Whether entries are applied before {@link #append} returns, without faults. */
  void setImmediate(boolean immediate) {
    this.immediate = immediate;
  }

  void setFreeBytes(long freeBytes) {
    this.freeBytes = freeBytes;
  }

  /** Whether it takes nothing more, because the outcome of an entry is unknown. */
  boolean isUnsettled() {
    return unsettled;
  }

  boolean isIdle() {
    return inFlight == null;
  }

  /** The node loses its memory: what is under way becomes durable, or not. */
  void crash() {
    LogEntry entry = inFlight == null ? late : inFlight;
    if (entry != null && dice.percent(50)) {
      note(entry, "is found after the crash");
      disk.apply(entry);
    }
    closed = true;
  }

  @Override
  public LogPosition position() {
    return disk.position();
  }

  @Override
  public int entryBytesMax() {
    return ENTRY_BYTES_MAX;
  }

  @Override
  public void append(LogEntry entry, AppendCallback callback) {
    checkFollows(entry);
    AppendOutcome.@Nullable Reason refusal = refusal();
    if (refusal != null) {
      callback.appended(new AppendOutcome.NotAppended(refusal));
    } else if (immediate) {
      disk.apply(entry);
      callback.appended(new AppendOutcome.Applied(entry.position()));
    } else {
      inFlight = entry;
      long delayNanos = 1_000L * (1 + dice.below(faults.delayMicrosMax()));
      timeline.add(
          life,
          name + " entry " + entry.batchNumber(),
          delayNanos,
          () -> {
            inFlight = null;
            callback.appended(finish(entry));
          });
    }
  }

  private void checkFollows(LogEntry entry) {
    LogPosition last = disk.position();
    Invariant.check(inFlight == null, "an entry is in flight");
    Invariant.check(
        entry.batchNumber() == last.batchNumber() + 1, "entry does not follow the last batch");
    Invariant.check(entry.groupEpoch() >= last.groupEpoch(), "epoch goes back");
    Invariant.check(entry.hybridTime() > last.hybridTime(), "time goes back");
    Invariant.check(entry.writeSet().byteSize() <= ENTRY_BYTES_MAX, "entry is too large");
  }

  private AppendOutcome.@Nullable Reason refusal() {
    if (closed || unsettled) {
      return AppendOutcome.Reason.CLOSED;
    }
    if (freeBytes < FREE_BYTES_MIN) {
      return AppendOutcome.Reason.DISK_FULL;
    }
    return timeline.monotonicNanos() < leaderlessUntilNanos
        ? AppendOutcome.Reason.NOT_LEADER
        : null;
  }

  /** What becomes of an entry. */
  AppendOutcome finish(LogEntry entry) {
    if (dice.perMillion(faults.refused())) {
      counts.refused++;
      note(entry, "is refused");
      return new AppendOutcome.NotAppended(AppendOutcome.Reason.DISK_FULL);
    }
    if (dice.perMillion(faults.leaderLost())) {
      counts.leadersLost++;
      note(entry, "is refused by a replica that leads no more");
      leaderlessUntilNanos =
          timeline.monotonicNanos() + 1_000L * (1 + dice.below(LOST_LEADER_MICROS_MAX));
      return new AppendOutcome.NotAppended(AppendOutcome.Reason.NOT_LEADER);
    }
    if (dice.perMillion(faults.unknownLost())) {
      note(entry, "is lost without a word");
      return unknown();
    }
    if (dice.perMillion(faults.unknownLate())) {
      note(entry, "is late");
      late = entry;
      timeline.add(
          life,
          name + " late entry " + entry.batchNumber(),
          1_000L * (1 + dice.below(LATE_MICROS_MAX)),
          () -> {
            late = null;
            disk.apply(entry);
          });
      return unknown();
    }
    Invariant.check(disk.apply(entry), "an entry was not applied");
    if (dice.perMillion(faults.unknownApplied())) {
      note(entry, "is applied without a word");
      return unknown();
    }
    if (dice.perMillion(faults.duplicated())) {
      counts.duplicated++;
      timeline.add(
          life,
          name + " entry " + entry.batchNumber() + " again",
          1_000L * (1 + dice.below(DUPLICATE_MICROS_MAX)),
          () -> disk.apply(entry));
    }
    return new AppendOutcome.Applied(entry.position());
  }

  private AppendOutcome unknown() {
    counts.unknown++;
    unsettled = true;
    return new AppendOutcome.Unknown();
  }

  private void note(LogEntry entry, String what) {
    trace.add(timeline.monotonicNanos(), name + " entry " + entry.batchNumber() + " " + what);
  }

  @Override
  public void close() {
    closed = true;
  }
}
