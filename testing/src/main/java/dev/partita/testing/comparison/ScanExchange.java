package dev.partita.testing.comparison;

import dev.partita.testing.comparison.Exchange.Answers;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Guard;
import dev.partita.testing.reference.ItemSize;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Operation.Capacity;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Segment;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Scan with all its pages, and with all segments if it is one of several. In which order a server
 * goes through partition keys is its own affair, so the items are compared as a whole; of each page
 * the rules are checked: Limit, 1 MB, the order within an item collection, and where it ends.
 */
final class ScanExchange {

  /** A new on-demand table has four partitions. */
  private static final int ON_DEMAND_PARTITIONS = 4;

  private static final int PAGE_BYTES_MAX = 1024 * 1024;
  private static final int PAGES_MAX = 10_000;

  private final ReferenceModel model;
  private final Endpoint server;
  private final TableDefinition table;
  private final ItemSize size = new ItemSize(Mutation.NONE);

  /** What was found in all pages. */
  private final List<Json> items = new ArrayList<>();

  private int count;
  private int scannedCount;
  private Optional<String> broken = Optional.empty();

  ScanExchange(ReferenceModel model, Endpoint server, TableDefinition table) {
    this.model = model;
    this.server = server;
    this.table = table;
  }

  /** Executes a Scan that the model answers with success. */
  Answers run(GeneratedOperation generated, Scan scan) {
    Reply expected = whole(scan);
    int segments = scan.segment().map(Segment::totalSegments).orElse(1);
    Reply last = new Reply(200, "", "", Json.object());
    Set<Value> partitionKeys = new HashSet<>();
    for (int segment = 0; segment < segments && broken.isEmpty(); segment++) {
      Optional<Segment> part =
          scan.segment().isPresent()
              ? Optional.of(new Segment(segment, segments))
              : Optional.empty();
      last = pages(generated, new Scan(scan.table(), part, scan.options()), partitionKeys);
      if (!last.succeeded()) {
        return new Answers(expected, last, AnswerComparer.difference(scan, expected, last));
      }
    }
    Json.ObjectOf all =
        Json.object("Count", Json.number(count)).with("ScannedCount", Json.number(scannedCount));
    if (!scan.options().count()) {
      all = all.with("Items", new Json.ArrayOf(items));
    }
    if (broken.isPresent()) {
      return new Answers(expected, last, broken);
    }
    Reply actual = new Reply(200, "", "", sorted(all));
    return new Answers(expected, actual, AnswerComparer.difference(scan, expected, actual));
  }

  /** What the model says is in all segments and pages together. */
  private Reply whole(Scan scan) {
    List<Json> found = new ArrayList<>();
    int matches = 0;
    int scanned = 0;
    ReadOptions options = unlimited(scan.options());
    while (true) {
      Reply page = model.execute(new Scan(scan.table(), Optional.empty(), options));
      found.addAll(items(page));
      matches += number(page, "Count");
      scanned += number(page, "ScannedCount");
      Optional<Json> last = page.body().member("LastEvaluatedKey");
      if (last.isEmpty()) {
        break;
      }
      options = options.startingAt(ValueJson.decodeAttributes(last.get()));
    }
    Json.ObjectOf all =
        Json.object("Count", Json.number(matches)).with("ScannedCount", Json.number(scanned));
    if (!scan.options().count()) {
      all = all.with("Items", new Json.ArrayOf(found));
    }
    return new Reply(200, "", "", sorted(all));
  }

  private static ReadOptions unlimited(ReadOptions options) {
    return new ReadOptions(
        options.filter(),
        options.projection(),
        options.count(),
        Optional.empty(),
        Optional.empty(),
        options.consistent(),
        options.capacity());
  }

  /** The items as a bag: sorted by their text. */
  private static Json.ObjectOf sorted(Json.ObjectOf body) {
    Json.ObjectOf normalised = AnswerComparer.normalised(body);
    if (!(normalised.member("Items").orElse(Json.object()) instanceof Json.ArrayOf array)) {
      return normalised;
    }
    return normalised.with(
        "Items", new Json.ArrayOf(AnswerComparer.sortedByText(array.elements())));
  }

  private Reply pages(GeneratedOperation generated, Scan scan, Set<Value> partitionKeys) {
    ReadOptions options = scan.options();
    PageOrder order = new PageOrder(table, partitionKeys);
    for (int page = 0; page < PAGES_MAX; page++) {
      Scan next = new Scan(scan.table(), scan.segment(), options);
      Reply reply = server.send(new GeneratedOperation(next, generated.style() + page));
      if (!reply.succeeded()) {
        return reply;
      }
      items.addAll(items(reply));
      count += number(reply, "Count");
      scannedCount += number(reply, "ScannedCount");
      broken = check(reply, next).or(() -> order.check(reply, next));
      Optional<Json> last = reply.body().member("LastEvaluatedKey");
      if (broken.isPresent() || last.isEmpty()) {
        return reply;
      }
      options = options.startingAt(ValueJson.decodeAttributes(last.get()));
    }
    broken = Optional.of("the pages of a Scan do not end");
    return new Reply(200, "", "", Json.object());
  }

  /** The rules of one page. */
  private Optional<String> check(Reply reply, Scan scan) {
    ReadOptions options = scan.options();
    int scanned = number(reply, "ScannedCount");
    int limit = options.limit().orElse(Integer.MAX_VALUE);
    boolean more = reply.body().member("LastEvaluatedKey").isPresent();
    if (scanned > limit) {
      return Optional.of("a page has more items than Limit");
    }
    if (scanned == limit && !more) {
      return Optional.of("a page ends at Limit without LastEvaluatedKey");
    }
    if (options.count() == reply.body().member("Items").isPresent()) {
      return Optional.of("Items and Select do not go together");
    }
    if (!options.count() && items(reply).size() != number(reply, "Count")) {
      return Optional.of("Count is not the number of items");
    }
    boolean whole =
        options.filter() instanceof Guard.Always
            && options.projection() instanceof Projection.Everything
            && !options.count();
    return whole ? checkBytes(reply, scan, more && scanned < limit) : checkCapacity(reply, scan);
  }

  /** Of a page that shows everything the sizes can be summed up. */
  private Optional<String> checkBytes(Reply reply, Scan scan, boolean full) {
    long bytes = 0;
    long lastBytes = 0;
    for (Json item : items(reply)) {
      lastBytes = size.ofItem(ValueJson.decodeAttributes(item));
      bytes += lastBytes;
    }
    if (bytes - lastBytes > PAGE_BYTES_MAX) {
      return Optional.of("a page goes on after 1 MB: " + bytes + " bytes");
    }
    if (full && bytes <= PAGE_BYTES_MAX) {
      return Optional.of("a page ends before Limit and before 1 MB: " + bytes + " bytes");
    }
    Optional<BigDecimal> actual = capacity(reply);
    if (actual.isPresent() != (scan.options().capacity() != Capacity.NONE)) {
      return Optional.of("ConsumedCapacity is there if and only if it was not asked for");
    }
    return actual.isPresent()
        ? checkUnits(actual.get().doubleValue(), bytes, scan)
        : Optional.empty();
  }

  /**
   * AWS rounds up in each partition that a page visits, at least to one unit; which items lie in
   * which partition cannot be seen.
   */
  private static Optional<String> checkUnits(double actual, long bytes, Scan scan) {
    double share = scan.options().consistent() ? 1 : 0.5;
    long units = Math.max(1, (bytes + 4095) / 4096);
    double least = share * units;
    double most = share * (units + ON_DEMAND_PARTITIONS - 1);
    return actual >= least && actual <= most && actual % share == 0
        ? Optional.empty()
        : Optional.of(
            "expected %s to %s capacity units for %d bytes".formatted(least, most, bytes));
  }

  private static Optional<String> checkCapacity(Reply reply, Scan scan) {
    return capacity(reply).isPresent() != (scan.options().capacity() != Capacity.NONE)
        ? Optional.of("ConsumedCapacity is there if and only if it was not asked for")
        : Optional.empty();
  }

  private static Optional<BigDecimal> capacity(Reply reply) {
    return reply.body().member("ConsumedCapacity").orElse(Json.object()) instanceof Json.ObjectOf o
            && o.member("CapacityUnits").orElse(Json.object()) instanceof Json.Numeral units
        ? Optional.of(units.number())
        : Optional.empty();
  }

  static List<Json> items(Reply reply) {
    return reply.body().member("Items").orElse(Json.object()) instanceof Json.ArrayOf array
        ? array.elements()
        : List.of();
  }

  private static int number(Reply reply, String member) {
    return reply.body().member(member).orElse(Json.object()) instanceof Json.Numeral numeral
        ? numeral.number().intValue()
        : -1;
  }
}
