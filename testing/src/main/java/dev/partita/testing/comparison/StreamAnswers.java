package dev.partita.testing.comparison;

import dev.partita.testing.comparison.Exchange.Answers;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Compares what a stream must show with what it shows: of each item the same records in the same
 * order. Between items a stream has no order.
 */
final class StreamAnswers {

  /** What only the server can know, within {@code dynamodb}; the reader has looked at it. */
  private static final Set<String> OF_THE_CHANGE =
      Set.of("ApproximateCreationDateTime", "SequenceNumber");

  /** And beside it. */
  private static final Set<String> OF_THE_RECORD = Set.of("eventID", "eventVersion", "awsRegion");

  private StreamAnswers() {}

  static Answers compare(Reply expected, Reply actual) {
    if (!actual.succeeded()) {
      return new Answers(expected, actual, Optional.of("the stream cannot be read"));
    }
    SortedMap<String, List<Json>> wanted = byItem(expected);
    SortedMap<String, List<Json>> found = byItem(actual);
    for (String key : wanted.keySet()) {
      List<Json> records = wanted.getOrDefault(key, List.of());
      if (!records.equals(found.getOrDefault(key, List.of()))) {
        return differs(key, records, found.getOrDefault(key, List.of()));
      }
    }
    for (String key : found.keySet()) {
      if (!wanted.containsKey(key)) {
        return differs(key, List.of(), found.getOrDefault(key, List.of()));
      }
    }
    return new Answers(expected, actual, Optional.empty());
  }

  private static Answers differs(String key, List<Json> wanted, List<Json> found) {
    return new Answers(
        answer(wanted),
        answer(found),
        Optional.of("the stream shows other changes of the item " + key));
  }

  private static Reply answer(List<Json> records) {
    return new Reply(200, "", "", Json.object("Records", new Json.ArrayOf(records)));
  }

  private static SortedMap<String, List<Json>> byItem(Reply reply) {
    SortedMap<String, List<Json>> records = new TreeMap<>();
    if (AnswerComparer.normalised(reply.body()).member("Records").orElse(Json.object())
        instanceof Json.ArrayOf array) {
      for (Json element : array.elements()) {
        Json.ObjectOf record = without((Json.ObjectOf) element, OF_THE_RECORD);
        Json.ObjectOf change =
            without((Json.ObjectOf) record.member("dynamodb").orElse(Json.object()), OF_THE_CHANGE);
        String key = change.member("Keys").orElse(Json.object()).print();
        records
            .computeIfAbsent(key, none -> new ArrayList<>())
            .add(record.with("dynamodb", change));
      }
    }
    return records;
  }

  private static Json.ObjectOf without(Json.ObjectOf object, Set<String> members) {
    Json.ObjectOf rest = object;
    for (String member : members) {
      rest = rest.without(member);
    }
    return rest;
  }
}
