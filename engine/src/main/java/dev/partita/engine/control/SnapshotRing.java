package dev.partita.engine.control;

import dev.partita.engine.partition.GroupSnapshot;
import dev.partita.engine.partition.ItemReader;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.StaleReads.PastState;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots of a group, oldest first. One is dropped when the next is old enough to take its place,
 * and closed when the last read of it has ended.
 */
final class SnapshotRing {
  private final ReplicationGroup group;
  private final long lagNanos;
  private final Deque<Kept> snapshots = new ArrayDeque<>();
  private boolean closed;

  /**
   * An empty ring.
   *
   * @param lagNanos how old a snapshot must be to be read
   */
  SnapshotRing(ReplicationGroup group, long lagNanos) {
    this.group = group;
    this.lagNanos = lagNanos;
  }

  /** A snapshot and how many hold it: the ring, and the reads that are under way. */
  private static final class Kept {
    final GroupSnapshot snapshot;
    final long takenNanos;
    int holders = 1;

    Kept(GroupSnapshot snapshot, long takenNanos) {
      this.snapshot = snapshot;
      this.takenNanos = takenNanos;
    }
  }

  /** Takes a snapshot, unless the ring is closed. */
  synchronized void add(long nowNanos) {
    if (!closed) {
      dropOld(nowNanos);
      snapshots.addLast(new Kept(group.snapshot(), nowNanos));
    }
  }

  /** Of those that are old enough only the newest is of use. */
  private void dropOld(long nowNanos) {
    while (snapshots.size() > 1) {
      Kept oldest = snapshots.removeFirst();
      if (nowNanos - snapshots.getFirst().takenNanos < lagNanos) {
        snapshots.addFirst(oldest);
        return;
      }
      release(oldest);
    }
  }

  /** The newest snapshot that is old enough, or the oldest; null if there is none. */
  synchronized @Nullable PastState state(long nowNanos) {
    dropOld(nowNanos);
    Kept oldest = snapshots.peekFirst();
    if (oldest == null) {
      return null;
    }
    oldest.holders++;
    return new State(oldest);
  }

  /** How many snapshots are kept for reads to come. */
  synchronized int size() {
    return snapshots.size();
  }

  private final class State implements PastState {
    private final Kept kept;
    private boolean ended;

    State(Kept kept) {
      this.kept = kept;
    }

    @Override
    public ItemReader items() {
      return kept.snapshot.items();
    }

    @Override
    public void close() {
      synchronized (SnapshotRing.this) {
        if (!ended) {
          ended = true;
          release(kept);
        }
      }
    }
  }

  private static void release(Kept kept) {
    kept.holders--;
    if (kept.holders == 0) {
      kept.snapshot.close();
    }
  }

  /** Lets go of all snapshots. */
  synchronized void close() {
    closed = true;
    snapshots.forEach(SnapshotRing::release);
    snapshots.clear();
  }
}
