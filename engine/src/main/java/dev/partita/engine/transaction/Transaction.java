package dev.partita.engine.transaction;

import dev.partita.engine.partition.TokenClaim;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that is planned against the tables as they are.
 *
 * @param actions at least one, on different items
 * @param token null if the request brings none
 */
public record Transaction(List<PlannedAction> actions, @Nullable TokenClaim token) {
  long queuedBytes() {
    long bytes = 0;
    for (PlannedAction action : actions) {
      bytes += action.queuedBytes();
    }
    return bytes;
  }
}
