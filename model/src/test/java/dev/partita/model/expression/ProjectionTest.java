package dev.partita.model.expression;

import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProjectionTest {
  private static final Item ITEM =
      item(
          "a", m("b", l(n(2), n(4), m("x", s("hi"), "y", s("yo"))), "c", n(5)),
          "d", s("hello"),
          "a.b", n(9));

  private static void assertProjected(Item expected, String text) {
    Projection projection =
        Expressions.bind(Map.of("#a", "a", "#ab", "a.b"), null).projection(text);
    assertEquals(expected, projection.project(ITEM), text);
    assertEquals(expected, projection.project(stored(ITEM)), text);
  }

  @Test
  void keepsTheNamedParts() {
    assertProjected(item("d", s("hello")), "d");
    assertProjected(item("a.b", n(9)), "#ab");
    assertProjected(item("a", m("c", n(5)), "d", s("hello")), "a.c, d");
    assertProjected(item("a", m("c", n(5))), "#a.c");
    assertProjected(item("a", m("b", l(n(2)))), "a.b[0]");
    assertProjected(item("a", m("b", l(m("y", s("yo"))))), "a.b[2].y");
    assertProjected(item("a", m("b", l(n(2)), "c", n(5))), "a.b[0],a.c");
  }

  @Test
  void listElementsMoveUpInAscendingOrder() {
    assertProjected(item("a", m("b", l(n(2), n(4)))), "a.b[1],a.b[0]");
    assertProjected(
        item("a", m("b", l(n(2), m("x", s("hi"), "y", s("yo"))))), "a.b[2].x, a.b[0], a.b[2].y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x", "a.b[3]", "a.x", "a.x.y", "a.b[3].x", "a.b.x", "a[0]", "a.b[0].x", "d.e"})
  void missingPathsAreLeftOut(String text) {
    assertProjected(item(), text);
    assertProjected(item("a.b", n(9)), text + ", #ab");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a,a | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a], path two: [a]",
        "a.b[0],a | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b, [0]], path two: [a]",
        "a.b.c,x,#a.b | Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, b, c], path two: [a, b]",
        "a.b,a[1] | Two document paths conflict with each other; must remove or rewrite one of these paths; path one: [a, b], path two: [a, [1]]",
        "#x | An expression attribute name used in the document path is not defined; attribute name: #x",
        "a.name | Attribute name is a reserved keyword; reserved keyword: name",
        "!!! | Syntax error; token: \"!\", near: \"!!\"",
        "a, | Syntax error; token: \"<EOF>\", near: \",\"",
        "a b | Syntax error; token: \"b\", near: \"a b\"",
        "a[-1] | Syntax error; token: \"-\", near: \"[-1\"",
        "a[] | Syntax error; token: \"]\", near: \"[]\"",
        "a[99999999999999] | List index is not within the allowable range; index: [99999999999999]"
      })
  void faults(String text, String reason) {
    Expressions.assertFault(
        "Invalid ProjectionExpression: " + reason,
        () -> Expressions.bind(Map.of("#a", "a"), null).projection(text));
  }

  @Test
  void limits() {
    Expressions.bind(null, null).projection("a" + ".b".repeat(31));
    Expressions.assertFault(
        "Invalid ProjectionExpression: The document path has too many nesting levels; nesting"
            + " levels: 33",
        () -> Expressions.bind(null, null).projection("a" + ".b".repeat(32)));
    Expressions.bind(null, null).projection("x".repeat(4096));
    Expressions.assertFault(
        "Invalid ProjectionExpression: The expression can not be empty;",
        () -> Expressions.bind(null, null).projection(""));
  }

  @Test
  void attributesToGetAreWholeNames() {
    Projection projection = Projection.ofAttributes(List.of("a.b", "d", "none", "d"));
    assertEquals(item("a.b", n(9), "d", s("hello")), projection.project(ITEM));
    assertEquals(Set.of("a.b", "d", "none"), projection.topLevelAttributes());
    assertFalse(projection.isAll());
  }

  @Test
  void allKeepsTheItemItself() {
    assertSame(ITEM, Projection.all().project(ITEM));
    assertTrue(Projection.all().isAll());
  }
}
