package dev.partita.bench;

import org.jspecify.annotations.Nullable;

/** Says what to send next. Called by one event loop only. */
interface RequestSource {

  /**
   * Fills the slot with the next request.
   *
   * @return false if the source is exhausted
   */
  boolean next(PlannedRequest slot);

  /** Whether there is nothing left to send, unless a request that is under way fails. */
  boolean isExhausted();

  /** A request that this source gave out succeeded (no error) or failed. */
  void answered(PlannedRequest request, @Nullable String error);
}
