package dev.partita.testing.comparison;

import dev.partita.testing.comparison.Exchange.Answers;
import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Segment;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.ValueJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A Scan, or a Query of an index, with all its pages, and with all segments if it is one of
 * several. In which order a server goes through partition keys, and through entries of an index
 * with equal sort keys, is its own affair, so the items are compared as a whole; of each page the
 * rules are checked.
 */
final class SearchExchange {

  private static final int PAGES_MAX = 10_000;

  private final ReferenceModel model;
  private final Endpoint server;
  private final Searched searched;
  private final PageRules rules;

  /** What was found in all pages. */
  private final List<Json> items = new ArrayList<>();

  private final List<Json> consumed = new ArrayList<>();
  private int pages;
  private int count;
  private int scannedCount;
  private Optional<String> broken = Optional.empty();

  SearchExchange(
      ReferenceModel model, Endpoint server, TableDefinition table, Operation operation) {
    this.model = model;
    this.server = server;
    this.searched = Searched.of(table, operation);
    this.rules = new PageRules(searched);
  }

  /** Executes a Scan or Query that the model answers with success. */
  Answers run(GeneratedOperation generated) {
    Operation search = generated.operation();
    Reply whole = model.whole(of(search, Optional.empty(), options(search).unlimited()));
    int segments = segments(search);
    Reply last = new Reply(200, "", "", Json.object());
    Set<List<Value>> partitionKeys = new HashSet<>();
    for (int segment = 0; segment < segments && broken.isEmpty(); segment++) {
      Optional<Segment> part =
          segments > 1 || isSegmented(search)
              ? Optional.of(new Segment(segment, segments))
              : Optional.empty();
      last = pages(generated, part, partitionKeys);
      if (!last.succeeded()) {
        return new Answers(whole, last, AnswerComparer.difference(search, whole, last));
      }
    }
    if (broken.isPresent()) {
      return new Answers(whole, last, broken);
    }
    Json.ObjectOf all =
        Json.object("Count", Json.number(count)).with("ScannedCount", Json.number(scannedCount));
    if (!options(search).counts()) {
      all = all.with("Items", new Json.ArrayOf(items));
    }
    Json.ObjectOf expected = whole.body();
    if (pages == 1 && consumed.size() == 1 && search instanceof Query) {
      // One page of one collection: what it costs is known.
      all = all.with("ConsumedCapacity", consumed.getFirst());
    } else {
      expected = expected.without("ConsumedCapacity");
    }
    Reply wanted = new Reply(200, "", "", sorted(expected));
    Reply found = new Reply(200, "", "", sorted(all));
    return new Answers(wanted, found, AnswerComparer.difference(search, wanted, found));
  }

  static ReadOptions options(Operation search) {
    return switch (search) {
      case Query query -> query.options();
      case Scan scan -> scan.options();
      case Operation other -> throw new IllegalArgumentException(other.name());
    };
  }

  private static int segments(Operation search) {
    return search instanceof Scan scan ? scan.segment().map(Segment::totalSegments).orElse(1) : 1;
  }

  private static boolean isSegmented(Operation search) {
    return search instanceof Scan scan && scan.segment().isPresent();
  }

  /** The same search of another part, with other options. */
  private static Operation of(Operation search, Optional<Segment> segment, ReadOptions options) {
    return switch (search) {
      case Query query -> query.with(options);
      case Scan scan -> new Scan(scan.table(), scan.index(), segment, options);
      case Operation other -> throw new IllegalArgumentException(other.name());
    };
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

  private Reply pages(
      GeneratedOperation generated, Optional<Segment> segment, Set<List<Value>> partitionKeys) {
    ReadOptions options = options(generated.operation());
    PageOrder order = new PageOrder(searched, partitionKeys);
    for (int page = 0; page < PAGES_MAX; page++) {
      Operation next = of(generated.operation(), segment, options);
      Reply reply = server.send(new GeneratedOperation(next, generated.style() + page));
      if (!reply.succeeded()) {
        return reply;
      }
      pages++;
      items.addAll(items(reply));
      count += number(reply, "Count");
      scannedCount += number(reply, "ScannedCount");
      reply.body().member("ConsumedCapacity").ifPresent(consumed::add);
      ReadOptions asked = options;
      broken = rules.check(reply, asked).or(() -> order.check(reply, asked));
      Optional<Json> last = reply.body().member("LastEvaluatedKey");
      if (broken.isPresent() || last.isEmpty()) {
        return reply;
      }
      options = options.startingAt(ValueJson.decodeAttributes(last.get()));
    }
    broken = Optional.of("the pages do not end");
    return new Reply(200, "", "", Json.object());
  }

  static List<Json> items(Reply reply) {
    return reply.body().member("Items").orElse(Json.object()) instanceof Json.ArrayOf array
        ? array.elements()
        : List.of();
  }

  static int number(Reply reply, String member) {
    return reply.body().member(member).orElse(Json.object()) instanceof Json.Numeral numeral
        ? numeral.number().intValue()
        : -1;
  }
}
