package dev.partita.engine.partition;

import dev.partita.model.CapacityUnits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The read units that a request with a token is told when it comes again, for each table in order:
 * those of reading, in a transaction, the larger of each item's old and new form.
 *
 * <p>Source: AWS, "Amazon DynamoDB Transactions: How it works", "Idempotency"; others' captures.
 */
public final class ReplayUnits {
  private ReplayUnits() {}

  /** The units of the tables of {@code items}, in the order in which they first come. */
  public static List<Integer> of(List<TransactionItem> items, List<Outcome.Applied> applied) {
    Map<Integer, Integer> byTable = new LinkedHashMap<>();
    for (int index = 0; index < items.size(); index++) {
      int units = (int) CapacityUnits.readTransactional(TransactionSize.of(applied.get(index)));
      byTable.merge(items.get(index).tableId(), units, Integer::sum);
    }
    return List.copyOf(byTable.values());
  }
}
