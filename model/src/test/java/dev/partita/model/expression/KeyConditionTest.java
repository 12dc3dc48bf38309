package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyConditionTest {
  private static final Map<String, AttributeValue> VALUES =
      map(
          ":p", s("k"), ":1", n(1), ":2", n(2), ":a", s("a"), ":b", s("b"), ":empty", s(""), ":bin",
          b(7));

  private static KeySchema schema(@Nullable AttributeType sortType) {
    return new KeySchema(
        new KeyAttribute("p", KeyType.HASH, AttributeType.S),
        sortType == null ? null : new KeyAttribute("c", KeyType.RANGE, sortType));
  }

  private static KeySelection resolve(@Nullable AttributeType sortType, String text) {
    return Expressions.bind(Map.of("#p", "p", "#c", "c"), VALUES)
        .keyCondition(text)
        .resolve(schema(sortType));
  }

  private static void assertSort(SortKeyCondition expected, String text) {
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), expected),
        resolve(AttributeType.N, text),
        text);
  }

  @Test
  void selects() {
    assertEquals(new KeySelection(List.of(s("k")), List.of(), null), resolve(null, "p = :p"));
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), null), resolve(AttributeType.N, " #p=:p "));
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), null), resolve(AttributeType.N, ":p = p"));
    assertSort(new SortKeyCondition.Equal(n(1)), "p = :p AND c = :1");
    assertSort(new SortKeyCondition.Equal(n(1)), "((#c = :1) and (p = :p))");
    assertSort(new SortKeyCondition.Less(n(1)), "p = :p AND c < :1");
    assertSort(new SortKeyCondition.Greater(n(1)), "p = :p AND :1 < c");
    assertSort(new SortKeyCondition.LessOrEqual(n(1)), "p = :p AND c <= :1");
    assertSort(new SortKeyCondition.LessOrEqual(n(1)), "p = :p AND :1 >= c");
    assertSort(new SortKeyCondition.Greater(n(1)), "c > :1 AND p = :p");
    assertSort(new SortKeyCondition.GreaterOrEqual(n(1)), "p = :p AND c >= :1");
    assertSort(new SortKeyCondition.Between(n(1), n(2)), "p = :p AnD c BeTween :1 aNd :2");
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), new SortKeyCondition.BeginsWith(s("a"))),
        resolve(AttributeType.S, "p = :p AND begins_with(c, :a)"));
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), new SortKeyCondition.BeginsWith(b(7))),
        resolve(AttributeType.B, "p = :p AND begins_with(c, :bin)"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p = :p OR c = :1 | Invalid operator used in KeyConditionExpression: OR",
        "NOT c = :1 AND p = :p | Invalid operator used in KeyConditionExpression: NOT",
        "NOT NOT p = :p | Invalid operator used in KeyConditionExpression: NOT",
        "p = :p AND c <> :1 | Invalid operator used in KeyConditionExpression: <>",
        "p = :p AND c IN (:1) | Invalid operator used in KeyConditionExpression: IN",
        "p = :p AND attribute_exists(c) | Invalid operator used in KeyConditionExpression: attribute_exists",
        "p = :p AND attribute_not_exists(c) | Invalid operator used in KeyConditionExpression: attribute_not_exists",
        "p = :p AND contains(c, :a) | Invalid operator used in KeyConditionExpression: contains",
        "p = :p AND size(c) = :1 | KeyConditionExpressions cannot contain nested operations",
        "p = :p AND c > size(d) | KeyConditionExpressions cannot contain nested operations",
        "p = c | Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition",
        ":a = :b | Invalid condition in KeyConditionExpression: No key attribute specified",
        "p = :p AND :1 BETWEEN c AND :2 | Invalid condition in KeyConditionExpression: BETWEEN operator must have the key attribute as its first operand",
        "p = :p AND begins_with(:a, c) | Invalid condition in KeyConditionExpression: begins_with operator must have the key attribute as its first operand",
        "p = :p AND p = :p | KeyConditionExpressions must only contain one condition per key",
        "p = :p AND c >= :1 AND c <= :2 | KeyConditionExpressions must only contain one condition per key",
        "p = :p AND a.b < :1 | Invalid KeyConditionExpression: KeyConditionExpressions cannot have conditions on nested attributes",
        "p = :p AND c < :1 AND d < :1 | Conditions can be of length 1 or 2 only",
        "p < :p | Query key condition not supported",
        "begins_with(p, :a) | Query key condition not supported",
        "c = :1 | Query condition missed key schema element: p",
        "c = :1 AND d = :1 | Query condition missed key schema element: p",
        "p = :p AND d = :1 | Query condition missed key schema element: c",
        "p = :1 | One or more parameter values were invalid: Condition parameter type does not match schema type",
        "p = :p AND c = :a | One or more parameter values were invalid: Condition parameter type does not match schema type",
        "p = :empty | One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: p",
        "p = :p AND begins_with(c, :1) | Invalid KeyConditionExpression: Incorrect operand type for operator or function; operator or function: begins_with, operand type: N",
        "p = :p AND c = :x | Invalid KeyConditionExpression: An expression attribute value used in expression is not defined; attribute value: :x",
        "p | Invalid KeyConditionExpression: Syntax error; token: \"<EOF>\", near: \"p\""
      })
  void faults(String text, String reason) {
    Expressions.assertFault(reason, () -> resolve(AttributeType.N, text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"p = :p AND c = :1", "p = :p AND a = :1", "a = :1 AND b = :1"})
  void aKeyWithoutSortKeyTakesOneCondition(String text) {
    Expressions.assertFault("Query key condition not supported", () -> resolve(null, text));
  }

  @Test
  void aMultiAttributeKeyNeedsEqualPartitionKeysAndSortKeysFromTheLeft() {
    KeySchema key =
        new KeySchema(
            List.of(
                new KeyAttribute("h", KeyType.HASH, AttributeType.S),
                new KeyAttribute("i", KeyType.HASH, AttributeType.S)),
            List.of(
                new KeyAttribute("r", KeyType.RANGE, AttributeType.S),
                new KeyAttribute("s", KeyType.RANGE, AttributeType.S),
                new KeyAttribute("t", KeyType.RANGE, AttributeType.S)));
    assertEquals(
        new KeySelection(List.of(s("k"), s("k")), List.of(), null),
        selection(key, "i = :k AND h = :k"));
    assertEquals(
        new KeySelection(
            List.of(s("k"), s("k")),
            List.of(s("k"), s("k")),
            new SortKeyCondition.BeginsWith(s("k"))),
        selection(key, "h = :k AND i = :k AND s = :k AND r = :k AND begins_with(t, :k)"));
    String hash = "all HASH key attributes of the index need an equality condition: ";
    assertRefused(key, "h = :k", hash + "i");
    assertRefused(key, "h = :k AND i > :k", hash + "i");
    String range =
        "RANGE key attributes are conditioned from left to right, all but the last by equality: ";
    assertRefused(key, "h = :k AND i = :k AND s = :k", range + "r");
    assertRefused(key, "h = :k AND i = :k AND r = :k AND t = :k", range + "s");
    assertRefused(key, "h = :k AND i = :k AND r > :k AND s = :k", range + "r");
  }

  private static KeySelection selection(KeySchema key, String text) {
    return Expressions.bind(null, map(":k", s("k"))).keyCondition(text).resolve(key);
  }

  private static void assertRefused(KeySchema key, String text, String why) {
    ExpressionException refused =
        assertThrows(ExpressionException.class, () -> selection(key, text));
    assertEquals("Query key condition not supported: " + why, refused.getMessage());
  }
}
