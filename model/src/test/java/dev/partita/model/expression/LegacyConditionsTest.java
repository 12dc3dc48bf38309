package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.ns;
import static dev.partita.model.Values.nul;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ComparisonOperator;
import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.ExpectedAttributeValue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LegacyConditionsTest {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final Item ITEM =
      item(
          "n", n(5),
          "s", s("hello"),
          "b", b(1, 128),
          "z", nul(),
          "l", l(n(1), s("x")),
          "ss", ss("a", "b"),
          "ns", ns("1", "2"));

  private static dev.partita.model.api.Condition api(
      ComparisonOperator operator, AttributeValue... values) {
    return new dev.partita.model.api.Condition(operator, List.of(values));
  }

  private static Condition filter(
      String name, ComparisonOperator operator, AttributeValue... values) {
    return LegacyConditions.filter(Map.of(name, api(operator, values)), null);
  }

  private static void assertHolds(
      String name, ComparisonOperator operator, AttributeValue... values) {
    assertTrue(filter(name, operator, values).matches(ITEM), name + " " + operator);
  }

  private static void assertFails(
      String name, ComparisonOperator operator, AttributeValue... values) {
    assertFalse(filter(name, operator, values).matches(ITEM), name + " " + operator);
  }

  @Test
  void everyOperator() {
    assertHolds("n", ComparisonOperator.EQ, n("5.0"));
    assertHolds("ss", ComparisonOperator.EQ, ss("b", "a"));
    assertFails("n", ComparisonOperator.EQ, s("5"));
    assertFails("none", ComparisonOperator.EQ, n(5));
    assertHolds("n", ComparisonOperator.NE, s("5"));
    assertHolds("none", ComparisonOperator.NE, n(5));
    assertFails("n", ComparisonOperator.NE, n(5));
    assertHolds("n", ComparisonOperator.LE, n(5));
    assertFails("n", ComparisonOperator.LT, n(5));
    assertHolds("b", ComparisonOperator.GT, b(1, 127));
    assertHolds("n", ComparisonOperator.GE, n(5));
    assertFails("n", ComparisonOperator.GE, s("0"));
    assertFails("none", ComparisonOperator.LT, n(9));
    assertHolds("z", ComparisonOperator.NOT_NULL);
    assertFails("none", ComparisonOperator.NOT_NULL);
    assertHolds("none", ComparisonOperator.NULL);
    assertFails("z", ComparisonOperator.NULL);
    assertHolds("s", ComparisonOperator.CONTAINS, s("ell"));
    assertHolds("ns", ComparisonOperator.CONTAINS, n(2));
    assertHolds("l", ComparisonOperator.CONTAINS, s("x"));
    assertFails("s", ComparisonOperator.CONTAINS, n(1));
    assertHolds("s", ComparisonOperator.NOT_CONTAINS, s("dog"));
    assertHolds("s", ComparisonOperator.NOT_CONTAINS, n(1));
    assertFails("s", ComparisonOperator.NOT_CONTAINS, s("ell"));
    assertFails("none", ComparisonOperator.NOT_CONTAINS, s("ell"));
    assertHolds("s", ComparisonOperator.BEGINS_WITH, s("he"));
    assertFails("n", ComparisonOperator.BEGINS_WITH, s("he"));
    assertHolds("n", ComparisonOperator.IN, n(4), n(5));
    assertFails("n", ComparisonOperator.IN, n(4), n(6));
    assertHolds("n", ComparisonOperator.BETWEEN, n(5), n(6));
    assertFails("n", ComparisonOperator.BETWEEN, n(6), n(7));
  }

  @Test
  void joinsWithAndOrWithOr() {
    Map<String, dev.partita.model.api.Condition> one =
        Map.of("n", api(ComparisonOperator.EQ, n(5)), "s", api(ComparisonOperator.EQ, s("no")));
    assertFalse(LegacyConditions.filter(one, null).matches(ITEM));
    assertFalse(LegacyConditions.filter(one, ConditionalOperator.AND).matches(ITEM));
    assertTrue(LegacyConditions.filter(one, ConditionalOperator.OR).matches(ITEM));
    assertTrue(LegacyConditions.filter(Map.of(), null).matches(ITEM));
    assertTrue(LegacyConditions.expected(Map.of(), null).matches(ITEM));
    Expressions.assertFault(
        "ConditionalOperator cannot be used without Filter or Expected",
        () -> LegacyConditions.expected(Map.of(), ConditionalOperator.AND));
  }

  @Test
  void argumentsAreCounted() {
    for (ComparisonOperator operator : ComparisonOperator.values()) {
      int wrong =
          switch (operator) {
            case NULL, NOT_NULL -> 1;
            case IN -> 0;
            case BETWEEN -> 3;
            default -> 2;
          };
      AttributeValue[] values = new AttributeValue[wrong];
      java.util.Arrays.fill(values, s("a"));
      Expressions.assertFault(
          INVALID + "Invalid number of argument(s) for the " + operator + " ComparisonOperator",
          () -> filter("a", operator, values));
    }
  }

  @Test
  void argumentsHaveTypes() {
    assertBadType(ComparisonOperator.LE, l());
    assertBadType(ComparisonOperator.GT, ss("a"));
    assertBadType(ComparisonOperator.CONTAINS, l(n(1)));
    assertBadType(ComparisonOperator.NOT_CONTAINS, m());
    assertBadType(ComparisonOperator.BEGINS_WITH, n(1));
    assertBadType(ComparisonOperator.IN, l());
    assertBadType(ComparisonOperator.BETWEEN, l(), l());
    Expressions.assertFault(
        INVALID + "AttributeValues inside AttributeValueList must be of same type",
        () -> filter("a", ComparisonOperator.IN, n(1), s("x")));
    Expressions.assertFault(
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper"
            + " bound",
        () -> filter("a", ComparisonOperator.BETWEEN, n(2), n(1)));
  }

  private static void assertBadType(ComparisonOperator operator, AttributeValue... values) {
    Expressions.assertFault(
        INVALID
            + "ComparisonOperator "
            + operator
            + " is not valid for "
            + values[0].type()
            + " AttributeValue type",
        () -> filter("a", operator, values));
  }

  private static Condition expected(
      @Nullable AttributeValue value,
      @Nullable Boolean exists,
      @Nullable ComparisonOperator operator,
      @Nullable List<AttributeValue> list) {
    return LegacyConditions.expected(
        Map.of("n", new ExpectedAttributeValue(value, exists, operator, list)), null);
  }

  @Test
  void expectedByValueOrExistence() {
    assertTrue(expected(n(5), null, null, null).matches(ITEM));
    assertTrue(expected(n(5), true, null, null).matches(ITEM));
    assertFalse(expected(n(6), null, null, null).matches(ITEM));
    assertFalse(expected(n(6), null, null, null).matches(Item.EMPTY));
    assertFalse(expected(null, false, null, null).matches(ITEM));
    assertTrue(expected(null, false, null, null).matches(Item.EMPTY));
    assertTrue(expected(n(4), null, ComparisonOperator.GT, null).matches(ITEM));
    assertTrue(expected(null, null, ComparisonOperator.GT, List.of(n(4))).matches(ITEM));
    assertTrue(expected(null, null, ComparisonOperator.NOT_NULL, null).matches(ITEM));
  }

  @Test
  void expectedHasItsOwnFaults() {
    assertExpectedFault(
        "Value and AttributeValueList cannot be used together for Attribute: n",
        () -> expected(n(1), null, ComparisonOperator.EQ, List.of(n(1))));
    assertExpectedFault(
        "Exists and ComparisonOperator cannot be used together for Attribute: n",
        () -> expected(n(1), true, ComparisonOperator.EQ, null));
    assertExpectedFault(
        "Value or AttributeValueList must be used with ComparisonOperator: EQ for Attribute: n",
        () -> expected(null, null, ComparisonOperator.EQ, null));
    assertExpectedFault(
        "AttributeValueList can only be used with a ComparisonOperator for Attribute: n",
        () -> expected(null, null, null, List.of(n(1))));
    assertExpectedFault(
        "Value must be provided when Exists is null for Attribute: n",
        () -> expected(null, null, null, null));
    assertExpectedFault(
        "Value must be provided when Exists is true for Attribute: n",
        () -> expected(null, true, null, null));
    assertExpectedFault(
        "Value cannot be used when Exists is false for Attribute: n",
        () -> expected(n(1), false, null, null));
    assertExpectedFault(
        "ComparisonOperator LE is not valid for L AttributeValue type",
        () -> expected(l(), null, ComparisonOperator.LE, null));
  }

  private static void assertExpectedFault(
      String reason, org.junit.jupiter.api.function.Executable action) {
    Expressions.assertFault(INVALID + reason, action);
  }

  @Test
  void filtersMayNotNameTheKey() {
    KeySchema key = new KeySchema(new KeyAttribute("n", KeyType.HASH, AttributeType.N), null);
    filter("s", ComparisonOperator.NOT_NULL).checkNoKeys(key);
    Expressions.assertFault(
        "QueryFilter can only contain non-primary key attributes: Primary key attribute: n",
        () -> filter("n", ComparisonOperator.NOT_NULL).checkNoKeys(key));
  }

  @Test
  void keyConditions() {
    KeySchema key =
        new KeySchema(
            new KeyAttribute("p", KeyType.HASH, AttributeType.S),
            new KeyAttribute("c", KeyType.RANGE, AttributeType.N));
    dev.partita.model.api.Condition partition = api(ComparisonOperator.EQ, s("k"));
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), new SortKeyCondition.Between(n(1), n(2))),
        LegacyConditions.keyConditions(
                Map.of("p", partition, "c", api(ComparisonOperator.BETWEEN, n(1), n(2))))
            .resolve(key));
    assertEquals(
        new KeySelection(List.of(s("k")), List.of(), null),
        LegacyConditions.keyConditions(Map.of("p", partition)).resolve(key));
    for (ComparisonOperator operator :
        List.of(
            ComparisonOperator.NE,
            ComparisonOperator.IN,
            ComparisonOperator.CONTAINS,
            ComparisonOperator.NOT_CONTAINS)) {
      Expressions.assertFault(
          "Attempted conditional constraint is not an indexable operation",
          () ->
              LegacyConditions.keyConditions(Map.of("p", partition, "c", api(operator, n(1))))
                  .resolve(key));
    }
    Expressions.assertFault(
        "Query key condition not supported",
        () ->
            LegacyConditions.keyConditions(Map.of("p", api(ComparisonOperator.LT, s("k"))))
                .resolve(key));
    Expressions.assertFault(
        "Conditions can be of length 1 or 2 only",
        () -> LegacyConditions.keyConditions(Map.of()).resolve(key));
  }
}
