package dev.partita.model.expression;

import static dev.partita.model.Values.item;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemConditionTest {
  private static final KeySchema SCHEMA =
      new KeySchema(
          new KeyAttribute("p", KeyType.HASH, AttributeType.S),
          new KeyAttribute("c", KeyType.RANGE, AttributeType.N));
  private static final Map<String, AttributeValue> VALUES =
      map(":a", s("a"), ":b", s("b"), ":one", n(1), ":two", n(2));
  private static final Item KEY = item("p", s("a"), "c", n(1));

  private static Condition condition(String text) {
    return Expressions.bind(null, VALUES).condition(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p = :a AND c = :one",
        ":one = c AND (:a = p)",
        "p = :a AND c = :one AND p = :a",
        "(p = :a AND c = :one) AND c = :one"
      })
  void theKeyAlone(String text) {
    assertEquals(new ItemCondition(KEY, null), ItemCondition.ofWrite(condition(text), SCHEMA));
    assertEquals(KEY, ItemCondition.ofRead(condition(text), SCHEMA));
    assertNull(ItemCondition.ofCheck(condition(text), SCHEMA));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p = :a AND c = :one AND x = :b",
        "x = :b AND (p = :a AND c = :one)",
        "p = :a AND c = :one AND (x = :b OR p = :b)",
        "p = :a AND c = :one AND (x = :b AND c < :two)"
      })
  void theKeyAndMore(String text) {
    ItemCondition write = ItemCondition.ofWrite(condition(text), SCHEMA);
    assertEquals(KEY, write.key());
    assertRest(write);
    assertRest(Objects.requireNonNull(ItemCondition.ofCheck(condition(text), SCHEMA), text));
    assertNull(ItemCondition.ofRead(condition(text), SCHEMA));
  }

  private static void assertRest(ItemCondition found) {
    Condition rest = Objects.requireNonNull(found.rest());
    assertEquals(true, rest.matches(item("p", s("a"), "c", n(1), "x", s("b"))));
    assertEquals(false, rest.matches(item("p", s("a"), "c", n(1), "x", s("z"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "p = :a",
        "c = :one",
        "x = :a",
        "p = :a AND c > :one",
        "p = :a AND NOT c = :one",
        "p = :a OR c = :one",
        "p = :a AND c = x",
        "p = :a AND c.x = :one",
        "p IN (:a, :b) AND c = :one"
      })
  void noWholeKey(String text) {
    Expressions.assertFault(
        "Where clause does not contain a mandatory equality on all key attributes",
        () -> ItemCondition.ofWrite(condition(text), SCHEMA));
    assertNull(ItemCondition.ofCheck(condition(text), SCHEMA));
    assertNull(ItemCondition.ofRead(condition(text), SCHEMA));
  }

  @Test
  void noClauseAtAll() {
    Expressions.assertFault(
        "Where clause does not contain a mandatory equality on all key attributes",
        () -> ItemCondition.ofWrite(null, SCHEMA));
    assertNull(ItemCondition.ofCheck(null, SCHEMA));
    assertNull(ItemCondition.ofRead(null, SCHEMA));
  }

  @Test
  void inWithOneValueIsAnEqualityForReadsOnly() {
    Condition membership = condition("p IN (:a) AND c IN (:one)");
    assertEquals(KEY, ItemCondition.ofRead(membership, SCHEMA));
    assertNull(ItemCondition.ofCheck(membership, SCHEMA));
    Expressions.assertFault(
        "Where clause does not contain a mandatory equality on all key attributes",
        () -> ItemCondition.ofWrite(membership, SCHEMA));
    assertEquals(KEY, ItemCondition.ofRead(condition("p IN (:a) AND p = :a AND c = :one"), SCHEMA));
    assertNull(ItemCondition.ofRead(condition("p IN (:b) AND p = :a AND c = :one"), SCHEMA));
  }

  @Test
  void twoValuesForOneKey() {
    Condition two = condition("p = :a AND c = :one AND p = :b AND c = :two");
    Expressions.assertFault(
        "Multiple conditions on same key p. Only single item Update/Insert/Delete are supported",
        () -> ItemCondition.ofWrite(two, SCHEMA));
    assertNull(ItemCondition.ofRead(two, SCHEMA));
    ItemCondition check = Objects.requireNonNull(ItemCondition.ofCheck(two, SCHEMA));
    assertEquals(KEY, check.key());
    assertEquals(false, Objects.requireNonNull(check.rest()).matches(KEY));
  }
}
