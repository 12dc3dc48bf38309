package dev.partita.engine.control;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.StaleReads;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Eventually consistent reads that are stale: by a set lag, or held at one moment. While it is on,
 * a ring of snapshots is kept of each group; the newest that is old enough answers. Right after it
 * was turned on no snapshot is that old, and reads see the moment at which it was.
 */
public final class PastStates implements StaleReads {
  /** The longest lag: snapshots keep the store from dropping what they see. */
  public static final Duration LAG_MAX = Duration.ofMinutes(10);

  private static final int SNAPSHOTS_PER_LAG = 16;
  private static final long INTERVAL_MILLIS_MIN = 10;

  private final Clock clock;
  private final Scheduler scheduler;
  private volatile @Nullable Setting setting;

  PastStates(Clock clock, Scheduler scheduler) {
    this.clock = clock;
    this.scheduler = scheduler;
  }

  /** What is set, and the snapshots that belong to it. */
  private static final class Setting {
    /** Null holds reads at the moment at which it was set. */
    final @Nullable Duration lag;

    final Map<ReplicationGroup, SnapshotRing> rings = new ConcurrentHashMap<>();

    Setting(@Nullable Duration lag) {
      this.lag = lag;
    }
  }

  /** Lets reads lag. */
  public synchronized void lag(Duration lag, List<ReplicationGroup> groups) {
    Setting next = begin(lag, groups);
    long interval = Math.max(INTERVAL_MILLIS_MIN, lag.toMillis() / SNAPSHOTS_PER_LAG);
    scheduler.schedule(() -> takeSnapshots(next, interval), interval);
  }

  /** Lets reads see what is true now, until {@link #off}. */
  public synchronized void hold(List<ReplicationGroup> groups) {
    begin(null, groups);
  }

  private Setting begin(@Nullable Duration lag, List<ReplicationGroup> groups) {
    off();
    Setting next = new Setting(lag);
    long lagNanos = lag == null ? 0 : lag.toNanos();
    for (ReplicationGroup group : groups) {
      SnapshotRing ring = new SnapshotRing(group, lagNanos);
      ring.add(clock.monotonicNanos());
      next.rings.put(group, ring);
    }
    setting = next;
    return next;
  }

  private void takeSnapshots(Setting of, long intervalMillis) {
    if (setting != of) {
      return;
    }
    for (SnapshotRing ring : of.rings.values()) {
      ring.add(clock.monotonicNanos());
    }
    scheduler.schedule(() -> takeSnapshots(of, intervalMillis), intervalMillis);
  }

  /** Lets reads see the present. */
  public synchronized void off() {
    Setting present = setting;
    setting = null;
    if (present != null) {
      present.rings.values().forEach(SnapshotRing::close);
    }
  }

  @Override
  public @Nullable PastState state(ReplicationGroup group) {
    Setting present = setting;
    SnapshotRing ring = present == null ? null : present.rings.get(group);
    return ring == null ? null : ring.state(clock.monotonicNanos());
  }

  /** In words: off, held, or the lag. */
  public String text() {
    Setting present = setting;
    if (present == null) {
      return "off";
    }
    Duration lag = present.lag;
    return lag == null ? "held" : lag.toMillis() + "ms";
  }
}
