package dev.partita.testing.comparison;

import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.ItemSize;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The rules of one page of a Scan or Query: Limit, 1 MB, where it ends, what it costs. */
final class PageRules {

  /** A new on-demand table has four partitions. */
  private static final int ON_DEMAND_PARTITIONS = 4;

  private static final int PAGE_BYTES_MAX = 1024 * 1024;

  private final Searched searched;
  private final ItemSize size = new ItemSize(Mutation.NONE);

  PageRules(Searched searched) {
    this.searched = searched;
  }

  /** What is wrong with the page, if anything. */
  Optional<String> check(Reply reply, ReadOptions options) {
    int scanned = SearchExchange.number(reply, "ScannedCount");
    int limit = options.limit().orElse(Integer.MAX_VALUE);
    Optional<Json> last = reply.body().member("LastEvaluatedKey");
    if (scanned > limit) {
      return Optional.of("a page has more items than Limit");
    }
    if (scanned == limit && last.isEmpty()) {
      return Optional.of("a page ends at Limit without LastEvaluatedKey");
    }
    if (options.counts() == reply.body().member("Items").isPresent()) {
      return Optional.of("Items and Select do not go together");
    }
    List<Json> items = SearchExchange.items(reply);
    if (!options.counts() && items.size() != SearchExchange.number(reply, "Count")) {
      return Optional.of("Count is not the number of items");
    }
    if (last.isPresent()
        && !((Json.ObjectOf) last.get()).members().keySet().equals(searched.startKeys())) {
      return Optional.of("LastEvaluatedKey has other attributes than " + searched.startKeys());
    }
    boolean whole = options.filter() instanceof Guard.Always && searched.showsEntries(options);
    if (!whole) {
      return checkCapacity(reply, options);
    }
    Optional<String> end = last.flatMap(key -> checkEnd((Json.ObjectOf) key, items));
    return end.isPresent() ? end : checkBytes(reply, options, last.isPresent() && scanned < limit);
  }

  /** LastEvaluatedKey is the key of the last item, if that is shown. */
  private static Optional<String> checkEnd(Json.ObjectOf last, List<Json> items) {
    if (items.isEmpty()) {
      return Optional.of("a page without items is not the last");
    }
    MapValue item = ValueJson.decodeAttributes(items.getLast());
    MapValue key = ValueJson.decodeAttributes(last);
    boolean same =
        key.members().entrySet().stream()
            .allMatch(
                part -> item.member(part.getKey()).filter(part.getValue()::equals).isPresent());
    return same
        ? Optional.empty()
        : Optional.of("LastEvaluatedKey is not the key of the last item of its page");
  }

  /** Of a page that shows everything the sizes can be summed up. */
  private Optional<String> checkBytes(Reply reply, ReadOptions options, boolean full) {
    long bytes = 0;
    long lastBytes = 0;
    for (Json item : SearchExchange.items(reply)) {
      lastBytes = size.ofItem(ValueJson.decodeAttributes(item));
      bytes += lastBytes;
    }
    if (bytes - lastBytes > PAGE_BYTES_MAX) {
      return Optional.of("a page goes on after 1 MB: " + bytes + " bytes");
    }
    if (full && bytes <= PAGE_BYTES_MAX) {
      return Optional.of("a page ends before Limit and before 1 MB: " + bytes + " bytes");
    }
    Optional<String> missing = checkCapacity(reply, options);
    Optional<BigDecimal> actual = capacity(reply);
    return missing.isPresent() || actual.isEmpty()
        ? missing
        : checkUnits(actual.get().doubleValue(), bytes, options);
  }

  /**
   * AWS rounds up in each partition that a page visits, at least to one unit; which items lie in
   * which partition cannot be seen. A Query visits one.
   */
  private Optional<String> checkUnits(double actual, long bytes, ReadOptions options) {
    double share = options.consistent() ? 1 : 0.5;
    long units = Math.max(1, (bytes + 4095) / 4096);
    double least = share * units;
    double most = share * (units + (searched.query() ? 0 : ON_DEMAND_PARTITIONS - 1));
    return actual >= least && actual <= most && actual % share == 0
        ? Optional.empty()
        : Optional.of(
            "expected %s to %s capacity units for %d bytes".formatted(least, most, bytes));
  }

  private static Optional<String> checkCapacity(Reply reply, ReadOptions options) {
    return capacity(reply).isPresent() != (options.capacity() != Capacity.NONE)
        ? Optional.of("ConsumedCapacity is there if and only if it was not asked for")
        : Optional.empty();
  }

  private static Optional<BigDecimal> capacity(Reply reply) {
    return reply.body().member("ConsumedCapacity").orElse(Json.object()) instanceof Json.ObjectOf o
            && o.member("CapacityUnits").orElse(Json.object()) instanceof Json.Numeral units
        ? Optional.of(units.number())
        : Optional.empty();
  }
}
