package dev.partita.testing.comparison;

import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Reply;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Compares two answers to one operation, leaving out of account what has no order. */
final class AnswerComparer {

  private static final Set<String> SETS = Set.of("SS", "NS", "BS");

  /** AWS puts this before some texts since 2026; which ones is not the comparison's business. */
  private static final String COUNTED = "1 validation error detected: ";

  private AnswerComparer() {}

  /** What differs; empty if the answers agree. */
  static Optional<String> difference(Operation operation, Reply expected, Reply actual) {
    if (!expected.errorType().equals(actual.errorType())) {
      return Optional.of(
          "expected " + outcome(expected) + " but the answer was " + outcome(actual));
    }
    if (expected.status() != actual.status()) {
      return Optional.of("expected status " + expected.status() + ", not " + actual.status());
    }
    if (!expected.message().isEmpty() && !expected.message().equals(text(actual))) {
      return Optional.of(
          "expected the text \"" + expected.message() + "\", not \"" + actual.message() + "\"");
    }
    Json.ObjectOf wanted = normalised(expected.body());
    Json.ObjectOf found = normalised(actual.body());
    if (operation instanceof Operation.CreateTable
        || operation instanceof Operation.DeleteTable
        || operation instanceof Operation.DescribeTable) {
      found = (Json.ObjectOf) restricted(found, wanted);
    }
    if (wanted.member("CancellationReasons").isPresent()) {
      found = withoutUnknownTexts(found, wanted);
    }
    return wanted.equals(found) ? Optional.empty() : Optional.of(differingMembers(wanted, found));
  }

  private static String outcome(Reply reply) {
    return reply.succeeded() ? "success" : reply.errorType() + " \"" + reply.message() + "\"";
  }

  private static String text(Reply reply) {
    return reply.message().startsWith(COUNTED)
        ? reply.message().substring(COUNTED.length())
        : reply.message();
  }

  private static String differingMembers(Json.ObjectOf wanted, Json.ObjectOf found) {
    List<String> names = new ArrayList<>(wanted.members().keySet());
    found.members().keySet().stream().filter(name -> !names.contains(name)).forEach(names::add);
    return "different: "
        + String.join(
            ", ",
            names.stream()
                .filter(name -> !wanted.member(name).equals(found.member(name)))
                .toList());
  }

  /** The answer with everything that has no order put into one order. */
  static Json.ObjectOf normalised(Json.ObjectOf body) {
    SortedMap<String, Json> members = new TreeMap<>();
    body.members().forEach((name, member) -> members.put(name, setsSorted(name, member)));
    for (String name : List.of("ConsumedCapacity", "AttributeDefinitions")) {
      members.computeIfPresent(name, (key, member) -> arraySorted(member));
    }
    for (String name : List.of("LocalSecondaryIndexes", "GlobalSecondaryIndexes")) {
      members.computeIfPresent(name, (key, member) -> indexesSorted(member));
    }
    members.computeIfPresent("Responses", (key, member) -> batchSorted(member));
    for (String name : List.of("Table", "TableDescription")) {
      members.computeIfPresent(
          name,
          (key, member) -> member instanceof Json.ObjectOf object ? normalised(object) : member);
    }
    return new Json.ObjectOf(members);
  }

  /** The items of a BatchGetItem have no order; those of a TransactGetItems do. */
  private static Json batchSorted(Json responses) {
    if (!(responses instanceof Json.ObjectOf byTable)) {
      return responses;
    }
    SortedMap<String, Json> tables = new TreeMap<>();
    byTable
        .members()
        .forEach((table, items) -> {
          if (!items.equals(new Json.ArrayOf(List.of()))) {
            tables.put(table, arraySorted(items));
          }
        });
    return new Json.ObjectOf(tables);
  }

  private static Json setsSorted(String name, Json json) {
    return switch (json) {
      case Json.ArrayOf array -> {
        boolean set =
            SETS.contains(name)
                && array.elements().stream().allMatch(element -> element instanceof Json.Text);
        Json.ArrayOf elements =
            new Json.ArrayOf(array.elements().stream().map(e -> setsSorted("", e)).toList());
        yield set ? arraySorted(elements) : elements;
      }
      case Json.ObjectOf object -> {
        SortedMap<String, Json> members = new TreeMap<>();
        object.members().forEach((key, member) -> members.put(key, setsSorted(key, member)));
        yield new Json.ObjectOf(members);
      }
      case Json.Text text -> text;
      case Json.Numeral numeral -> numeral;
      case Json.Flag flag -> flag;
      case Json.Nothing nothing -> nothing;
    };
  }

  private static Json arraySorted(Json json) {
    return json instanceof Json.ArrayOf array
        ? new Json.ArrayOf(sortedByText(array.elements()))
        : json;
  }

  /** The elements in the order of their JSON text, each printed once. */
  static List<Json> sortedByText(List<Json> elements) {
    if (elements.stream().allMatch(Json.Text.class::isInstance)) {
      return elements.stream()
          .sorted(Comparator.comparing(element -> ((Json.Text) element).text()))
          .toList();
    }
    return elements.stream()
        .map(element -> Map.entry(element.print(), element))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Indexes of a table by name, and what they include by name, too. */
  private static Json indexesSorted(Json json) {
    if (!(json instanceof Json.ArrayOf array)) {
      return json;
    }
    SortedMap<String, Json> byName = new TreeMap<>();
    for (Json element : array.elements()) {
      Json.ObjectOf index = (Json.ObjectOf) element;
      if (index.member("Projection").orElse(Json.object()) instanceof Json.ObjectOf projection
          && projection.member("NonKeyAttributes").isPresent()) {
        Json names = arraySorted(projection.member("NonKeyAttributes").get());
        index = index.with("Projection", projection.with("NonKeyAttributes", names));
      }
      byName.put(index.text("IndexName").orElse(""), index);
    }
    return new Json.ArrayOf(List.copyOf(byName.values()));
  }

  /** Reasons of a cancellation without their texts where the expected ones have none. */
  private static Json.ObjectOf withoutUnknownTexts(Json.ObjectOf found, Json.ObjectOf wanted) {
    List<Json> pattern =
        ((Json.ArrayOf) wanted.member("CancellationReasons").orElseThrow()).elements();
    if (!(found.member("CancellationReasons").orElse(Json.object()) instanceof Json.ArrayOf array)
        || array.elements().size() != pattern.size()) {
      return found;
    }
    List<Json> reasons = new ArrayList<>();
    for (int i = 0; i < pattern.size(); i++) {
      Json.ObjectOf expected = (Json.ObjectOf) pattern.get(i);
      Json.ObjectOf reason = (Json.ObjectOf) array.elements().get(i);
      boolean unknown =
          expected.member("Message").isEmpty()
              && !expected.text("Code").filter("None"::equals).isPresent();
      reasons.add(unknown ? reason.without("Message") : reason);
    }
    return found.with("CancellationReasons", new Json.ArrayOf(reasons));
  }

  /** Only those members, at any depth, that the pattern has too. */
  private static Json restricted(Json json, Json pattern) {
    if (json instanceof Json.ObjectOf object && pattern instanceof Json.ObjectOf wanted) {
      SortedMap<String, Json> members = new TreeMap<>();
      wanted
          .members()
          .forEach((name, member) ->
              object.member(name).ifPresent(found -> members.put(name, restricted(found, member))));
      return new Json.ObjectOf(members);
    }
    if (json instanceof Json.ArrayOf array
        && pattern instanceof Json.ArrayOf wanted
        && array.elements().size() == wanted.elements().size()) {
      List<Json> elements = new ArrayList<>();
      for (int i = 0; i < array.elements().size(); i++) {
        elements.add(restricted(array.elements().get(i), wanted.elements().get(i)));
      }
      return new Json.ArrayOf(elements);
    }
    return json;
  }
}
