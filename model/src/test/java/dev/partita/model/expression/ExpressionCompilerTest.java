package dev.partita.model.expression;

import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeValue;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpressionCompilerTest {

  @Test
  void parsesATextOnce() {
    ExpressionCompiler compiler = new ExpressionCompiler(100);
    assertSame(
        compiler.condition(ExpressionKind.FILTER, "a = :v"),
        compiler.condition(ExpressionKind.CONDITION, "a = :v"));
    assertSame(compiler.update("SET a = :v"), compiler.update("SET a = :v"));
    assertSame(compiler.projection("a, b"), compiler.projection("a, b"));
  }

  @Test
  void forgetsTextsBeyondItsBound() {
    ExpressionCompiler compiler = new ExpressionCompiler(10);
    for (int i = 0; i < 1000; i++) {
      compiler.condition(ExpressionKind.FILTER, "a" + i + " = :v");
      compiler.projection("a" + i + ", " + "b".repeat(1500));
    }
    // Ten short texts, and one of those that take six places each.
    assertEquals(11, compiler.cachedTexts());
  }

  @Test
  void allPlaceholdersMustBeUsed() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("#a", "a");
    names.put("#b", "b");
    names.put("#c", "c");
    Map<String, AttributeValue> values = map(":v", n(1), ":w", n(2), ":x", n(3));

    ExpressionBinding one = Expressions.bind(names, values);
    one.condition("#a = :v OR #b.#c = :w OR d = :x");
    one.checkAllUsed();

    ExpressionBinding several = Expressions.bind(names, values);
    several.filter("#a = :v");
    several.projection("#b");
    several.update("SET #c = if_not_exists(z, :w) + :x");
    several.checkAllUsed();

    ExpressionBinding some = Expressions.bind(names, values);
    some.keyCondition("#a = :v");
    Expressions.assertFault(
        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#b, #c}",
        some::checkAllUsed);
    some.projection("#b, #c");
    Expressions.assertFault(
        "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w, :x}",
        some::checkAllUsed);
    Expressions.bind(null, null).checkAllUsed();
  }

  @Test
  void placeholdersAreWellFormed() {
    Expressions.assertFault(
        "ExpressionAttributeNames must not be empty", () -> Expressions.bind(Map.of(), null));
    Expressions.assertFault(
        "ExpressionAttributeValues must not be empty", () -> Expressions.bind(null, Map.of()));
    for (String key : new String[] {"a", "#", "#a-b", "#a b", ":a", ""}) {
      Expressions.assertFault(
          "ExpressionAttributeNames contains invalid key: Syntax error; key: \"" + key + "\"",
          () -> Expressions.bind(Map.of(key, "x"), null));
    }
    Expressions.assertFault(
        "ExpressionAttributeValues contains invalid key: Syntax error; key: \":hi!there\"",
        () -> Expressions.bind(null, map(":hi!there", n(1))));
    Expressions.bind(Map.of("#_0aZ", "any thing at all: . [ #"), map(":9", n(1)));
    Expressions.bind(Map.of("#" + "a".repeat(254), "x"), null);
    Expressions.assertFault(
        "ExpressionAttributeNames contains invalid key: Key exceeds the maximum allowed size; key"
            + " size: 256",
        () -> Expressions.bind(Map.of("#" + "a".repeat(255), "x"), null));
  }

  @Test
  void placeholdersAreTwoMegabytesAtMost() {
    Expressions.bind(null, map(":v", s("x".repeat(2 * 1024 * 1024 - 2))));
    Expressions.assertFault(
        "Expression attribute names and values have exceeded the maximum allowed size; size:"
            + " 2097153",
        () -> Expressions.bind(null, map(":v", s("x".repeat(2 * 1024 * 1024 - 1)))));
  }

  @Test
  void reservedWordsAreThoseOfTheGuide() {
    assertEquals(573, ReservedWords.count());
    assertTrue(ReservedWords.contains("ABORT"));
    assertTrue(ReservedWords.contains("zOne"));
    assertTrue(ReservedWords.contains("Status"));
    assertFalse(ReservedWords.contains("status1"));
    assertFalse(ReservedWords.contains("pk"));
  }
}
