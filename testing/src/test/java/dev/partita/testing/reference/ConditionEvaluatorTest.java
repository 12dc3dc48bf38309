package dev.partita.testing.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.reference.Condition.Comparator;
import dev.partita.testing.reference.LegacyCondition.Operator;
import dev.partita.testing.reference.Value.MapValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conditions whose outcome on AWS is known. */
class ConditionEvaluatorTest {

  private static final MapValue ITEM =
      ValueJson.decodeAttributes(
          Json.parse(
              """
              {"n": {"N": "-10"}, "s": {"S": "hello"}, "b": {"B": "gA=="}, "t": {"BOOL": true},
               "l": {"L": [{"S": "x"}, {"NS": ["1", "2"]}]}, "ns": {"NS": ["2.0", "1"]}}
              """));

  private final ConditionEvaluator evaluator = new ConditionEvaluator(Mutation.NONE);

  private static Operand attribute(String name) {
    return new Operand.Attribute(Path.of(name));
  }

  private static Operand constant(String json) {
    return new Operand.Constant(ValueJson.decode(Json.parse(json.replace('\'', '"'))));
  }

  private boolean holds(Condition condition) {
    return evaluator.holds(new Guard.Expression(condition), ITEM);
  }

  private boolean compares(String left, Comparator comparator, String right) {
    return holds(new Condition.Comparison(attribute(left), comparator, constant(right)));
  }

  @Test
  void aMissingAttributeIsOnlyUnequal() {
    for (Comparator comparator : Comparator.values()) {
      assertEquals(comparator == Comparator.NOT_EQUAL, compares("none", comparator, "{'N':'1'}"));
      assertEquals(
          comparator == Comparator.NOT_EQUAL,
          holds(new Condition.Comparison(attribute("none"), comparator, attribute("neither"))));
    }
  }

  @Test
  void valuesOfTwoTypesAreOnlyUnequal() {
    for (Comparator comparator : Comparator.values()) {
      assertEquals(comparator == Comparator.NOT_EQUAL, compares("n", comparator, "{'S':'-10'}"));
    }
  }

  @Test
  void orderIsNumericAndUnsigned() {
    assertTrue(compares("n", Comparator.LESS, "{'N':'-9'}"));
    assertTrue(compares("b", Comparator.GREATER, "{'B':'fw=='}"));
    assertFalse(compares("t", Comparator.LESS_OR_EQUAL, "{'N':'1'}"));
  }

  @Test
  void setsAreEqualInAnyOrderAndSpelling() {
    assertTrue(compares("ns", Comparator.EQUAL, "{'NS':['1.0','2']}"));
    assertFalse(compares("ns", Comparator.EQUAL, "{'NS':['1']}"));
  }

  @Test
  void betweenIncludesItsBounds() {
    assertTrue(
        holds(
            new Condition.Between(
                attribute("n"), constant("{'N':'-10'}"), constant("{'N':'-10'}"))));
  }

  @Test
  void containsLooksIntoStringsSetsAndLists() {
    assertTrue(holds(new Condition.Contains(attribute("s"), constant("{'S':'ell'}"))));
    assertTrue(holds(new Condition.Contains(attribute("ns"), constant("{'N':'2'}"))));
    assertTrue(holds(new Condition.Contains(attribute("l"), constant("{'NS':['2','1']}"))));
    assertFalse(holds(new Condition.Contains(attribute("s"), constant("{'N':'1'}"))));
  }

  @Test
  void sizeOfAScalarIsNothing() {
    Operand size = new Operand.Size(Path.of("n"));
    assertFalse(
        holds(new Condition.Comparison(size, Comparator.GREATER_OR_EQUAL, constant("{'N':'0'}"))));
    assertTrue(
        holds(
            new Condition.Comparison(
                new Operand.Size(Path.of("l")), Comparator.EQUAL, constant("{'N':'2'}"))));
  }

  private boolean legacy(String attribute, Operator operator, String operand) {
    LegacyCondition condition =
        new LegacyCondition(
            attribute,
            new LegacyCondition.Compares(
                operator, List.of(ValueJson.decode(Json.parse(operand.replace('\'', '"'))))));
    return evaluator.holds(new Guard.Legacy(List.of(condition), false, false), ITEM);
  }

  @Test
  void aMissingAttributeNeitherContainsNorNotContains() {
    assertFalse(legacy("none", Operator.CONTAINS, "{'S':'x'}"));
    assertFalse(legacy("none", Operator.NOT_CONTAINS, "{'S':'x'}"));
    assertTrue(legacy("none", Operator.NE, "{'S':'x'}"));
    assertTrue(legacy("s", Operator.NOT_CONTAINS, "{'N':'1'}"));
  }
}
