package dev.partita.model.expression;

import static dev.partita.model.Values.item;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyBranchesTest {
  private static final KeySchema COMPOSITE =
      new KeySchema(
          new KeyAttribute("p", KeyType.HASH, AttributeType.S),
          new KeyAttribute("c", KeyType.RANGE, AttributeType.S));
  private static final KeySchema SIMPLE =
      new KeySchema(new KeyAttribute("p", KeyType.HASH, AttributeType.S), null);
  private static final Map<String, AttributeValue> VALUES =
      map(":a", s("a"), ":b", s("b"), ":d", s("d"), ":t", s("S"), ":one", n(1));

  private static Condition condition(String text) {
    return Expressions.bind(null, VALUES).condition(text);
  }

  /** The branches in short: partition, conditions on the sort key, what of the rest is noted. */
  private static @Nullable String branches(KeySchema schema, String text) {
    List<KeyBranch> branches = KeyBranches.of(condition(text), schema);
    if (branches == null) {
      return null;
    }
    List<String> shown = new ArrayList<>();
    for (KeyBranch branch : branches) {
      StringBuilder line = new StringBuilder(text(branch.partitionKey()));
      for (SortKeyCondition sort : branch.sortKey()) {
        line.append(' ').append(text(sort));
      }
      Condition rest = branch.rest();
      if (rest != null) {
        line.append(" +").append(String.join(" ", rest.topLevelAttributes()));
      }
      if (branch.sortKeyInRest()) {
        line.append(" !");
      }
      shown.add(line.toString());
    }
    return String.join(" / ", shown);
  }

  private static String text(AttributeValue value) {
    return value instanceof AttributeValue.StringValue(String text) ? text : value.toString();
  }

  private static String text(SortKeyCondition condition) {
    return switch (condition) {
      case SortKeyCondition.Equal(AttributeValue value) -> "=" + text(value);
      case SortKeyCondition.Less(AttributeValue value) -> "<" + text(value);
      case SortKeyCondition.LessOrEqual(AttributeValue value) -> "<=" + text(value);
      case SortKeyCondition.Greater(AttributeValue value) -> ">" + text(value);
      case SortKeyCondition.GreaterOrEqual(AttributeValue value) -> ">=" + text(value);
      case SortKeyCondition.Between(AttributeValue low, AttributeValue high) ->
          text(low) + ".." + text(high);
      case SortKeyCondition.BeginsWith(AttributeValue prefix) -> text(prefix) + "*";
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p = :a                                  | a",
        ":a = p                                  | a",
        "p = :a AND p = :a                       | a",
        "p IN (:a, :b)                           | a / b",
        "p = :a AND c = :b                       | a =b",
        ":b > c AND p = :a                       | a <b",
        "p = :a AND c <= :b                      | a <=b",
        "p = :a AND c > :b                       | a >b",
        "p = :a AND c >= :b                      | a >=b",
        "p = :a AND c BETWEEN :a AND :b          | a a..b",
        "p = :a AND begins_with(c, :b)           | a b*",
        "p = :a AND c > :a AND c < :b            | a >a <b",
        "p = :a AND c IN (:b, :d)                | a =b / a =d",
        "p IN (:a, :b) AND c IN (:b, :d)         | a =b / a =d / b =b / b =d",
        "p = :a AND x = :b                       | a +x",
        "p = :a AND x = :b AND y < :one          | a +x y",
        "(p = :a AND c = :b) AND x = :d          | a =b +x",
        "p = :a AND (x = :b OR y = :d)           | a +x y",
        "p = :a AND NOT (x = :b OR y = :d)       | a +x y",
        "p = :a AND (c = :b OR x = :d)           | a =b / a +x",
        "p = :a AND (c < :b OR c > :b)           | a <b / a >b",
        "p = :a OR p = :b                        | a / b",
        "p = :a AND x = :a OR p = :b AND c = :a  | a +x / b =a",
        "p = :a AND NOT c = :b                   | a +c !",
        "p = :a AND c <> :b                      | a +c !",
        "p = :a AND contains(c, :b)              | a +c !",
        "p = :a AND c > :a AND c <> :b           | a >a +c !",
        "p = :a AND NOT c IN (:a, :b)            | a +c !",
        "p = :a AND (x = :a OR NOT c = :b)       | a +x c !",
        "p = :a AND attribute_exists(p)          | a +p",
        "p = :a AND c = x                        | a +c x !",
        "p = :a AND c.x = :b                     | a +c !",
        "p = :a AND x IN (:a, :b)                | a +x"
      })
  void takesApart(String text, String expected) {
    assertEquals(expected, branches(COMPOSITE, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = :a",
        "p > :a",
        "p <> :a",
        "NOT p = :a",
        "begins_with(p, :a)",
        "p BETWEEN :a AND :b",
        "c = :a",
        "p = x",
        "p IN (:a, x)",
        "p.x = :a",
        "p = :a OR c = :b",
        "p = :a OR x = :b",
        "p = :a AND p = :b",
        "p = :a AND (p = :b OR x = :a)"
      })
  void scans(String text) {
    assertNull(branches(COMPOSITE, text));
  }

  @Test
  void withoutSortKeyEverythingElseIsRest() {
    assertEquals("a +c", branches(SIMPLE, "p = :a AND c = :b"));
    assertEquals("a +c x", branches(SIMPLE, "p = :a AND (c = :b OR x = :d)"));
  }

  @Test
  void theRestIsWhatTheKeyDoesNotSay() {
    List<KeyBranch> branches =
        KeyBranches.of(condition("p = :a AND (c = :b AND x = :b OR y = :d)"), COMPOSITE);
    assertEquals(2, branches == null ? 0 : branches.size());
    Condition first = branches == null ? null : branches.get(0).rest();
    Condition second = branches == null ? null : branches.get(1).rest();
    assertEquals(true, first != null && first.matches(item("x", s("b"))));
    assertEquals(false, first != null && first.matches(item("y", s("d"))));
    assertEquals(true, second != null && second.matches(item("y", s("d"))));
  }

  private static String values(int count) {
    return ":a" + ", :b".repeat(count - 1);
  }

  @Test
  void takesUpTo50Reads() {
    for (String most :
        List.of(
            "p IN (" + values(50) + ") AND x IN (" + values(100) + ")",
            "p IN (" + values(25) + ") AND c IN (" + values(2) + ")",
            "p IN (" + values(51) + ") OR x = :a")) {
      KeyBranches.of(condition(most), COMPOSITE);
    }
    for (String tooMany :
        List.of(
            "p IN (" + values(51) + ")",
            "p = :a AND c IN (" + values(51) + ")",
            "p IN (" + values(26) + ") AND c IN (" + values(2) + ")",
            "p IN (" + values(26) + ") OR p IN (" + values(25) + ")",
            "p = :a" + " AND (c = :a OR c = :b)".repeat(60))) {
      Expressions.assertFault(
          "Too many decomposed read operations for a given query.",
          () -> KeyBranches.of(condition(tooMany), COMPOSITE));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "p = :one, p",
    "p = :a AND c = :one, c",
    "p = :a AND c > :one, c",
    "p = :a AND c BETWEEN :one AND :one, c"
  })
  void typesMustBeThoseOfTheKey(String text, String name) {
    List<KeyBranch> branches = KeyBranches.of(condition(text), COMPOSITE);
    ExpressionException fault =
        assertThrows(
            ExpressionException.class,
            () -> {
              for (KeyBranch branch : branches == null ? List.<KeyBranch>of() : branches) {
                branch.check(COMPOSITE);
              }
            });
    assertEquals(
        "Key attribute's data type should match its data type in table's schema: Key " + name,
        fault.getMessage());
  }
}
