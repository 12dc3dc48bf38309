package dev.partita.triggers;

import java.time.Instant;

/** How far a shard was delivered. */
sealed interface Position {

  /** Nothing yet; the oldest record comes next. */
  record TrimHorizon() implements Position {}

  /**
   * Nothing yet; what is written after that moment comes next. After a restart the moment is only
   * known to the second, so some records from just before it may be delivered too.
   */
  record Latest(Instant since) implements Position {}

  /** Up to this record. */
  record After(String sequenceNumber) implements Position {}

  /** All of it, and the shard is closed. */
  record Finished() implements Position {}
}
