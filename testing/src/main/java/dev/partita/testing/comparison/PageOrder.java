package dev.partita.testing.comparison;

import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.ValueJson;
import dev.partita.testing.reference.ValueOrder;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Follows the pages of one segment: item collections come one by one, each in key order. */
final class PageOrder {

  private final Searched searched;
  private final Set<List<Value>> partitionKeysSeen;
  private final ValueOrder order = new ValueOrder(Mutation.NONE);
  private Optional<MapValue> previous = Optional.empty();

  /**
   * @param partitionKeysSeen in this and the earlier segments; grows
   */
  PageOrder(Searched searched, Set<List<Value>> partitionKeysSeen) {
    this.searched = searched;
    this.partitionKeysSeen = partitionKeysSeen;
  }

  /** What is out of order in the next page, if anything. */
  Optional<String> check(Reply reply, ReadOptions options) {
    if (!searched.showsEntries(options)) {
      return Optional.empty();
    }
    for (Json json : SearchExchange.items(reply)) {
      MapValue item = ValueJson.decodeAttributes(json);
      if (!searched.startKeys().stream().allMatch(name -> item.member(name).isPresent())) {
        return Optional.of("an item lacks key attributes: " + json.print());
      }
      List<Value> partition = partition(item);
      boolean same = previous.filter(before -> partition(before).equals(partition)).isPresent();
      if (!same && !partitionKeysSeen.add(partition)) {
        return Optional.of("a Scan comes back to a partition key that it had left");
      }
      if (same && !follows(previous.orElseThrow(), item)) {
        return Optional.of("an item collection comes out of order");
      }
      previous = Optional.of(item);
    }
    return Optional.empty();
  }

  private List<Value> partition(MapValue item) {
    return searched.partitionKeys().stream()
        .map(key -> item.member(key.name()).orElseThrow())
        .toList();
  }

  /** Only entries of an index can have equal keys. */
  private boolean follows(MapValue before, MapValue item) {
    for (KeyAttribute key : searched.sortKeys()) {
      int difference =
          order
              .compare(
                  before.member(key.name()).orElseThrow(), item.member(key.name()).orElseThrow())
              .orElse(0);
      if (difference != 0) {
        return (difference < 0) == searched.forward();
      }
    }
    return searched.index().isPresent();
  }
}
