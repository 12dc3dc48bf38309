package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * What became of one part of a transaction that was cancelled; there is one for each part, in
 * order.
 *
 * @param message null for NONE
 * @param item the item that failed a condition, if the part asked for it
 */
public record CancellationReason(
    CancellationReasonCode code, @Nullable String message, @Nullable Item item) {

  /** A reason that carries no item. */
  public CancellationReason(CancellationReasonCode code, @Nullable String message) {
    this(code, message, null);
  }

  /** The reason of a part that was not the cause. */
  public static CancellationReason none() {
    return new CancellationReason(CancellationReasonCode.NONE, null, null);
  }
}
