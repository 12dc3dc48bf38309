package dev.partita.testing.comparison;

import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.ValueJson;
import dev.partita.testing.reference.ValueOrder;
import java.util.Optional;
import java.util.Set;

/** Follows the pages of one segment: item collections come one by one, each in key order. */
final class PageOrder {

  private final TableDefinition table;
  private final Set<Value> partitionKeysSeen;
  private final ValueOrder order = new ValueOrder(Mutation.NONE);
  private MapValue previous = Value.map();

  /**
   * @param partitionKeysSeen in this and the earlier segments; grows
   */
  PageOrder(TableDefinition table, Set<Value> partitionKeysSeen) {
    this.table = table;
    this.partitionKeysSeen = partitionKeysSeen;
  }

  /** What is out of order in the next page, if anything. */
  Optional<String> check(Reply reply, Scan scan) {
    if (!(scan.options().projection() instanceof Projection.Everything)) {
      return Optional.empty();
    }
    for (Json json : ScanExchange.items(reply)) {
      MapValue item = ValueJson.decodeAttributes(json);
      Value partitionKey = item.member(table.partitionKey().name()).orElseThrow();
      boolean same =
          previous.member(table.partitionKey().name()).filter(partitionKey::equals).isPresent();
      if (!same && !partitionKeysSeen.add(partitionKey)) {
        return Optional.of("a Scan comes back to a partition key that it had left");
      }
      if (same && !ascends(previous, item)) {
        return Optional.of("a Scan goes through an item collection out of order");
      }
      previous = item;
    }
    return Optional.empty();
  }

  private boolean ascends(MapValue before, MapValue item) {
    return table
        .sortKey()
        .map(sort ->
            order
                    .compare(
                        before.member(sort.name()).orElseThrow(),
                        item.member(sort.name()).orElseThrow())
                    .orElse(0)
                < 0)
        .orElse(false);
  }
}
