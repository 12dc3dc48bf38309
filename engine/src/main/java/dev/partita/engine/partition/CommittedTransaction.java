package dev.partita.engine.partition;

import dev.partita.base.HybridLogicalClock;
import java.util.List;

/**
 * A transaction over several groups that its ledger group has committed.
 *
 * @param time of the commit, group time
 * @param participants the groups that have to finish it
 */
public record CommittedTransaction(
    TransactionId id, long time, List<ReplicationGroupId> participants) {

  /** Milliseconds since 1970. */
  public long millis() {
    return HybridLogicalClock.wallMillis(time);
  }
}
