package dev.partita.testing.comparison;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.Universe;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.BatchDelete;
import dev.partita.testing.reference.Operation.BatchGetItem;
import dev.partita.testing.reference.Operation.BatchPut;
import dev.partita.testing.reference.Operation.BatchRead;
import dev.partita.testing.reference.Operation.BatchWrite;
import dev.partita.testing.reference.Operation.BatchWriteItem;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadStream;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.TransactWriteItems;
import dev.partita.testing.reference.ReferenceModel;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.UndecidedException;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.ValueJson;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Asks the model and the server the same and compares. One operation may take several requests: the
 * pages of a Query and a Scan, and what a batch leaves unprocessed.
 */
final class Exchange {

  private static final int PAGES_MAX = 10_000;
  private static final int BATCH_ROUNDS_MAX = 50;

  private static final long PAUSE_MILLIS = 20;

  private final Universe universe;
  private final ReferenceModel model;
  private final Endpoint server;
  private final Duration patience;

  /** Before the tokens of this exchange: the server remembers those of earlier ones. */
  private final String tokenPrefix = UUID.randomUUID().toString().substring(0, 18);

  /**
   * @param patience how long global indexes and streams may lag behind
   */
  Exchange(Universe universe, ReferenceModel model, Endpoint server, Duration patience) {
    this.universe = universe;
    this.model = model;
    this.server = server;
    this.patience = patience;
  }

  /** The answers to one operation. */
  record Answers(Reply expected, Reply actual, Optional<String> difference) {}

  /**
   * Executes the operation on both sides.
   *
   * @throws UndecidedException if the answer is not known; the server was not asked then
   */
  Answers run(GeneratedOperation original) {
    GeneratedOperation generated = withToken(original);
    Reply expected = model.execute(generated.operation());
    if (!expected.succeeded()) {
      return compare(generated, expected, ask(generated));
    }
    return switch (generated.operation()) {
      case Scan scan -> search(generated, universe.table(scan.table()));
      case Query query ->
          query.index().isPresent()
              ? search(generated, universe.table(query.table()))
              : remainingPages(generated, query, compare(generated, expected, ask(generated)));
      case ReadStream read -> untilEqual(() -> StreamAnswers.compare(expected, ask(generated)));
      case Operation other -> compare(generated, expected, ask(generated));
    };
  }

  private Answers search(GeneratedOperation generated, TableDefinition table) {
    Supplier<Answers> once =
        () -> new SearchExchange(model, server, table, generated.operation()).run(generated);
    return Searched.of(table, generated.operation()).isEventual() ? untilEqual(once) : once.get();
  }

  /** Asks again as long as the answers differ and patience lasts. */
  private Answers untilEqual(Supplier<Answers> ask) {
    Answers answers = ask.get();
    for (long waited = 0;
        answers.difference().isPresent() && waited < patience.toMillis();
        waited += PAUSE_MILLIS) {
      TableLifecycle.pause(PAUSE_MILLIS);
      answers = ask.get();
    }
    return answers;
  }

  /** The operation with a token that no exchange before has used. */
  private GeneratedOperation withToken(GeneratedOperation generated) {
    return generated.operation() instanceof TransactWriteItems request
        ? new GeneratedOperation(
            new TransactWriteItems(
                request.writes(),
                request.token().map(token -> tokenPrefix + token),
                request.capacity()),
            generated.style())
        : generated;
  }

  private static Answers compare(GeneratedOperation generated, Reply expected, Reply actual) {
    return new Answers(
        expected, actual, AnswerComparer.difference(generated.operation(), expected, actual));
  }

  private Reply ask(GeneratedOperation generated) {
    Reply reply = server.send(generated);
    return switch (generated.operation()) {
      case BatchGetItem batch -> unprocessedKeys(generated, batch, reply);
      case BatchWriteItem batch -> unprocessedItems(generated, batch, reply);
      case Operation other -> reply;
    };
  }

  /** Compares page after page, as long as both sides go on at the same key. */
  private Answers remainingPages(GeneratedOperation generated, Query query, Answers first) {
    Answers answers = first;
    for (int page = 0; page < PAGES_MAX; page++) {
      Optional<Json> last = answers.expected().body().member("LastEvaluatedKey");
      if (answers.difference().isPresent() || last.isEmpty()) {
        return answers;
      }
      Value.MapValue key = ValueJson.decodeAttributes(last.get());
      Query next = query.with(query.options().startingAt(key));
      GeneratedOperation following = new GeneratedOperation(next, generated.style() + page);
      answers = compare(following, model.execute(next), server.send(following));
    }
    return new Answers(
        answers.expected(), answers.actual(), Optional.of("the pages of a Query do not end"));
  }

  private static Optional<Json.ObjectOf> unprocessed(Reply reply, String member) {
    return reply.body().member(member).orElse(Json.object()) instanceof Json.ObjectOf object
            && !object.members().isEmpty()
        ? Optional.of(object)
        : Optional.empty();
  }

  /** The answer to the whole batch: what is left unprocessed is asked for again. */
  private Reply unprocessedKeys(GeneratedOperation generated, BatchGetItem batch, Reply first) {
    Reply total = first;
    Reply last = first;
    for (int round = 0; round < BATCH_ROUNDS_MAX; round++) {
      Optional<Json.ObjectOf> rest = unprocessed(last, "UnprocessedKeys");
      if (rest.isEmpty()) {
        return total;
      }
      SortedMap<String, BatchRead> reads = new TreeMap<>();
      rest.get()
          .members()
          .forEach((table, read) -> {
            BatchRead whole = Optional.ofNullable(batch.reads().get(table)).orElseThrow();
            List<Value.MapValue> keys =
                elements(((Json.ObjectOf) read).member("Keys")).stream()
                    .map(ValueJson::decodeAttributes)
                    .toList();
            reads.put(table, new BatchRead(keys, whole.projection(), whole.consistent()));
          });
      last =
          server.send(
              new GeneratedOperation(
                  new BatchGetItem(reads, batch.capacity()), generated.style() + round));
      if (!last.succeeded()) {
        return last;
      }
      total = joined(total, last);
    }
    return total;
  }

  private Reply unprocessedItems(GeneratedOperation generated, BatchWriteItem batch, Reply first) {
    Reply total = first;
    Reply last = first;
    for (int round = 0; round < BATCH_ROUNDS_MAX; round++) {
      Optional<Json.ObjectOf> rest = unprocessed(last, "UnprocessedItems");
      if (rest.isEmpty()) {
        return total;
      }
      SortedMap<String, List<BatchWrite>> writes = new TreeMap<>();
      rest.get()
          .members()
          .forEach((table, requests) ->
              writes.put(
                  table, elements(Optional.of(requests)).stream().map(Exchange::write).toList()));
      last =
          server.send(
              new GeneratedOperation(
                  new BatchWriteItem(writes, batch.capacity()), generated.style() + round));
      if (!last.succeeded()) {
        return last;
      }
      total = joined(total, last);
    }
    return total;
  }

  private static BatchWrite write(Json request) {
    Json.ObjectOf object = (Json.ObjectOf) request;
    return object
        .member("PutRequest")
        .map(put -> ((Json.ObjectOf) put).member("Item").orElseThrow())
        .map(item -> (BatchWrite) new BatchPut(ValueJson.decodeAttributes(item)))
        .orElseGet(() ->
            new BatchDelete(
                ValueJson.decodeAttributes(
                    ((Json.ObjectOf) object.member("DeleteRequest").orElseThrow())
                        .member("Key")
                        .orElseThrow())));
  }

  private static List<Json> elements(Optional<Json> json) {
    return json.filter(Json.ArrayOf.class::isInstance)
        .map(array -> ((Json.ArrayOf) array).elements())
        .orElse(List.of());
  }

  /** Two partial answers as one: items together, capacity summed, nothing unprocessed. */
  private static Reply joined(Reply first, Reply second) {
    Json.ObjectOf body = first.body();
    for (String member : List.of("UnprocessedKeys", "UnprocessedItems")) {
      if (body.member(member).isPresent()) {
        body = body.with(member, Json.object());
      }
    }
    if (body.member("Responses").isPresent()) {
      Json.ObjectOf responses = (Json.ObjectOf) body.member("Responses").get();
      Json.ObjectOf more = (Json.ObjectOf) second.body().member("Responses").orElse(Json.object());
      for (var table : more.members().entrySet()) {
        List<Json> items = new ArrayList<>(elements(responses.member(table.getKey())));
        items.addAll(elements(Optional.of(table.getValue())));
        responses = responses.with(table.getKey(), new Json.ArrayOf(items));
      }
      body = body.with("Responses", responses);
    }
    if (body.member("ConsumedCapacity").isPresent()) {
      SortedMap<String, Json> byTable = new TreeMap<>();
      for (Reply reply : List.of(first, second)) {
        for (Json consumed : elements(reply.body().member("ConsumedCapacity"))) {
          String table = ((Json.ObjectOf) consumed).text("TableName").orElse("");
          byTable.merge(table, consumed, Exchange::summed);
        }
      }
      body = body.with("ConsumedCapacity", new Json.ArrayOf(List.copyOf(byTable.values())));
    }
    return new Reply(first.status(), first.errorType(), first.message(), body);
  }

  /** Adds up all numbers of two answers of one shape. */
  private static Json summed(Json left, Json right) {
    if (left instanceof Json.Numeral a && right instanceof Json.Numeral b) {
      BigDecimal sum = a.number().add(b.number());
      return new Json.Numeral(sum);
    }
    if (left instanceof Json.ObjectOf a && right instanceof Json.ObjectOf b) {
      SortedMap<String, Json> members = new TreeMap<>(a.members());
      b.members().forEach((name, member) -> members.merge(name, member, Exchange::summed));
      return new Json.ObjectOf(members);
    }
    return left;
  }
}
