package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bs;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.nested;
import static dev.partita.model.Values.ns;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static dev.partita.model.Values.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpdateTest {
  private static final Item KEY = item("p", s("k"));

  private static final String INVALID_PATH =
      "The document path provided in the update expression is invalid for update";
  private static final String INCORRECT_TYPE =
      "An operand in the update expression has an incorrect data type";
  private static final String MISSING =
      "The provided expression refers to an attribute that does not exist in the item";

  private static final Map<String, AttributeValue> VALUES =
      map(
          ":1",
          n(1),
          ":2",
          n(2),
          ":3",
          n(3),
          ":s",
          s("new"),
          ":l",
          l(n(8), n(9)),
          ":ab",
          ss("a", "b"),
          ":a",
          ss("a"),
          ":n12",
          ns("1", "2.0"),
          ":b1",
          bs(new int[] {1}),
          ":m",
          m("x", n(1)),
          ":big",
          n("9e125"),
          ":bin",
          b(1));

  private static Update update(String text) {
    return Expressions.bind(Map.of("#p", "p", "#dot", "x.y"), VALUES).update(text);
  }

  private static UpdateResult apply(@Nullable Item old, String text) {
    return update(text).apply(old, KEY);
  }

  /** Applies to a stored item with the key, and compares without the key. */
  private static void assertUpdated(Item expected, Item old, String text) {
    assertEquals(withKey(expected), apply(stored(withKey(old)), text).newItem(), text);
  }

  private static Item withKey(Item item) {
    Map<String, AttributeValue> all = map("p", s("k"));
    all.putAll(item.attributes());
    return Item.of(all);
  }

  @Test
  void setPutsAndReplaces() {
    assertUpdated(item("a", n(1)), item(), "SET a = :1");
    assertUpdated(item("a", n(1), "b", s("new")), item("a", s("x")), "set a=:1, b = :s");
    assertUpdated(item("x.y", n(1)), item(), "SET #dot = :1");
    assertUpdated(item("a", n(5), "b", n(5)), item("a", n(5)), "SET b = a");
    assertUpdated(item("a", n(5)), item("a", n(5)), "SET a = a");
    assertUpdated(item("a", s("k")), item(), "SET a = #p");
    assertUpdated(
        item("a", m("b", m("c", n(7))), "z", n(7)),
        item("a", m("b", m("c", n(7)))),
        "SET z = a.b.c");
  }

  @Test
  void operandsAreOfTheOldItem() {
    assertUpdated(item("a", n(2), "b", n(1)), item("a", n(1), "b", n(2)), "SET a = b, b = a");
    assertUpdated(item("b", s("x")), item("a", s("x")), "REMOVE a SET b = a");
    Expressions.assertFault(MISSING, () -> apply(withKey(item()), "SET a = :1, b = a"));
  }

  @Test
  void arithmetic() {
    assertUpdated(item("a", n(6)), item("a", n(5)), "SET a = a + :1");
    assertUpdated(item("a", n(-4)), item("a", n(5)), "SET a = :1 - a");
    assertUpdated(item("a", n(3)), item(), "SET a = :1 + :2");
    assertUpdated(item("a", n(6)), item("a", n(5)), "SET a = (a + :1)");
    assertUpdated(item("a", n(6)), item("a", n(5)), "SET a = ((a) + (:1))");
    assertUpdated(item("a", n(6)), item("a", n(5)), "SET a = (a) + :1");
    Expressions.assertFault(MISSING, () -> apply(withKey(item()), "SET a = a + :1"));
    Expressions.assertFault(MISSING, () -> apply(null, "SET a = a + :1"));
    Expressions.assertFault(
        INCORRECT_TYPE, () -> apply(withKey(item("a", s("x"))), "SET a = a + :1"));
    Expressions.assertFault(
        "Number overflow. Attempting to store a number with magnitude larger than supported range",
        () -> apply(null, "SET a = :big + :big"));
  }

  @Test
  void functions() {
    assertUpdated(item("a", n(1)), item(), "SET a = if_not_exists(a, :1)");
    assertUpdated(item("a", n(7)), item("a", n(7)), "SET a = if_not_exists(a, :1)");
    assertUpdated(item("a", n(4)), item("a", n(3)), "SET a = if_not_exists(a, :2) + :1");
    assertUpdated(item("a", n(3)), item(), "SET a = if_not_exists(a, :2)+:1");
    assertUpdated(item("a", n(2)), item(), "SET a = if_not_exists(b, if_not_exists(c, :2))");
    assertUpdated(item("a", l(n(1), n(8), n(9))), item("a", l(n(1))), "SET a = list_append(a, :l)");
    assertUpdated(item("a", l(n(8), n(9), n(1))), item("a", l(n(1))), "SET a = list_append(:l, a)");
    assertUpdated(
        item("a", l(n(8), n(9), n(8), n(9))),
        item(),
        "SET a = list_append(if_not_exists(a, :l), :l)");
    Expressions.assertFault(MISSING, () -> apply(withKey(item()), "SET a = list_append(a, :l)"));
    Expressions.assertFault(
        INCORRECT_TYPE, () -> apply(withKey(item("a", n(1))), "SET a = list_append(:l, a)"));
  }

  @Test
  void nestedPaths() {
    Item old =
        item("a", m("b", n(3), "c", l(s("hi"), m("x", m("y", l(n(3), n(5), n(7))), "q", n(2)))));
    assertUpdated(
        item("a", m("b", n(3), "c", l(s("hi"), m("x", m("y", l(n(3), n(1), n(7))), "q", n(2))))),
        old,
        "SET a.c[1].x.y[1] = :1");
    assertUpdated(
        item("a", m("b", n(3), "c", l(s("hi"), m("x", m("y", l(n(3), n(7))))))),
        old,
        "REMOVE a.c[1].x.y[1], a.c[1].q");
    assertUpdated(
        item("a", m("b", n(1), "c", n(2), "d", s("new"))), old, "SET a.b = :1, a.c = :2, a.d = :s");
    assertUpdated(item("a", m()), item("a", m("b", n(1))), "REMOVE a.b");
    assertUpdated(item("a", l()), item("a", l(n(1))), "REMOVE a[0]");
    assertUpdated(old, old, "REMOVE a.nix, a.c[17], gone");
    assertUpdated(
        item("a", m("s", ss("b"), "n", n(4))),
        item("a", m("s", ss("a", "b"), "n", n(3))),
        "ADD a.n :1 DELETE a.s :a");
  }

  @Test
  void listIndicesCountInTheOldList() {
    Item old = item("a", l(n(2), n(3), n(4), n(5), n(6), n(7)));
    assertUpdated(item("a", l(n(2), n(4), s("new"), n(6), n(7))), old, "REMOVE a[1] SET a[3] = :s");
    assertUpdated(item("a", l(n(2), n(4), s("new"), n(6), n(7))), old, "SET a[3] = :s REMOVE a[1]");
    assertUpdated(
        item("a", l(n(0), n(1), n(2), s("new"))),
        item("a", l(n(0))),
        "SET a[84] = :s, a[17] = :1, a[50] = :2");
    assertUpdated(item("a", l(n(1))), item("a", l()), "SET a[7] = :1");
    assertUpdated(item("a", l(n(0), n(1))), item("a", l(n(0))), "ADD a[9] :1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SET s.c = :1", "SET l.c = :1", "SET nix.c = :1", "SET m[0] = :1", "SET nix[0] = :1",
        "SET m.x.y = :1", "SET l[9].x = :1", "REMOVE s.c", "REMOVE l.c", "REMOVE nix.c",
        "REMOVE m[0]", "REMOVE nix[0]", "REMOVE m.nix.y", "ADD nix.c :1", "DELETE s.c :ab"
      })
  void aPathNeedsItsParent(String text) {
    Item old = withKey(item("s", s("x"), "l", l(n(1)), "m", m("x", n(1))));
    Expressions.assertFault(INVALID_PATH, () -> apply(old, text));
  }

  @Test
  void addsToNumbersAndSets() {
    assertUpdated(item("a", n(6)), item("a", n(5)), "ADD a :1");
    assertUpdated(item("a", n(1)), item(), "ADD a :1");
    assertUpdated(item("a", ss("a", "b", "z")), item("a", ss("z", "a")), "ADD a :ab");
    assertUpdated(item("a", ns("1", "2", "3")), item("a", ns("3", "1.0")), "ADD a :n12");
    assertUpdated(
        item("a", bs(new int[] {1}, new int[] {2})), item("a", bs(new int[] {2})), "ADD a :b1");
    assertUpdated(item("a", ss("a", "b")), item(), "ADD a :ab");
    for (AttributeValue wrong : new AttributeValue[] {s("x"), ns("1"), l(n(1)), m(), n(1)}) {
      Expressions.assertFault(INCORRECT_TYPE, () -> apply(withKey(item("a", wrong)), "ADD a :ab"));
    }
    Expressions.assertFault(INCORRECT_TYPE, () -> apply(withKey(item("a", ss("x"))), "ADD a :1"));
  }

  @Test
  void deletesFromSets() {
    assertUpdated(item("a", ss("z")), item("a", ss("a", "z", "b")), "DELETE a :ab");
    assertUpdated(item("a", ss("z")), item("a", ss("z")), "DELETE a :ab");
    assertUpdated(item(), item("a", ss("a", "b")), "DELETE a :ab");
    assertUpdated(item("a", ns("3")), item("a", ns("1.0", "2", "3")), "DELETE a :n12");
    assertUpdated(item(), item("a", bs(new int[] {1})), "DELETE a :b1");
    assertUpdated(item(), item(), "DELETE a :ab");
    Expressions.assertFault(
        INCORRECT_TYPE, () -> apply(withKey(item("a", ns("1"))), "DELETE a :ab"));
    Expressions.assertFault(INCORRECT_TYPE, () -> apply(withKey(item("a", n(1))), "DELETE a :ab"));
  }

  @Test
  void onlySetAndAddMakeAnItem() {
    assertTrue(update("SET a = :1").createsItem());
    assertTrue(update("REMOVE a ADD b :1").createsItem());
    assertFalse(update("REMOVE a").createsItem());
    assertFalse(update("DELETE a :ab REMOVE b").createsItem());
    assertTrue(Update.none().createsItem());

    assertEquals(item("p", s("k"), "a", n(1)), apply(null, "SET a = :1").newItem());
    assertEquals(KEY, Update.none().apply(null, KEY).newItem());
    assertEquals(
        withKey(item("a", n(1))), Update.none().apply(withKey(item("a", n(1))), KEY).newItem());
    // Where there is no item, removals may name any path; nothing else may.
    assertEquals(KEY, apply(null, "REMOVE x.y, x.z[1], l[0]").newItem());
    Expressions.assertFault(INVALID_PATH, () -> apply(null, "SET x.y = :1"));
    Expressions.assertFault(INVALID_PATH, () -> apply(null, "SET x.y = :1 REMOVE x.z"));
    Expressions.assertFault(MISSING, () -> apply(null, "SET a = #p"));
  }

  @Test
  void imagesHoldOnlyTheTouchedPaths() {
    Item old = withKey(item("a", m("b", s("dog"), "c", l(n(1), n(2), n(3))), "d", s("cat")));
    assertImages(item("d", s("cat")), item("d", n(1), "e", n(2)), old, "SET d = :1, e = :2");
    assertImages(item("a", m("b", s("dog"))), item("a", m("b", n(1))), old, "SET a.b = :1");
    assertImages(
        item("a", m("b", s("dog"), "c", l(n(2)))),
        item("a", m("b", n(2), "c", l(s("new")))),
        old,
        "SET a.c[1] = :s, a.b = :2");
    assertImages(null, item("a", m("x", n(1))), old, "SET a.x = :1");
    assertImages(null, null, old, "SET a.c[100] = :1");
    assertImages(
        item("a", m("c", l(n(2)))), item("a", m("c", l(n(3)))), old, "REMOVE a.c[1], a.c[7]");
    assertImages(item("d", s("cat")), null, old, "REMOVE d");
    assertImages(null, null, old, "REMOVE gone");
    assertImages(null, item("z", n(1)), null, "SET z = :1");
    assertNull(Update.none().apply(old, KEY).updatedNew());
  }

  private static void assertImages(
      @Nullable Item before, @Nullable Item after, @Nullable Item old, String text) {
    UpdateResult result = apply(old, text);
    assertEquals(before, result.updatedOld(), text);
    assertEquals(after, result.updatedNew(), text);
  }

  @Test
  void nestingHasALimit() {
    String tooDeep =
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
            + " beyond supported limit";
    ExpressionBinding binding =
        Expressions.bind(null, map(":v", nested(31), ":deepest", nested(32)));
    Item old = withKey(item("a", m()));

    assertEquals(
        withKey(item("a", m("b", nested(31)))),
        binding.update("SET a.b = :v").apply(old, KEY).newItem());
    assertEquals(
        withKey(item("a", nested(32))),
        binding.update("SET a = :deepest").apply(old, KEY).newItem());
    Expressions.assertFault(tooDeep, () -> binding.update("SET a.b = :deepest").apply(old, KEY));
    Expressions.assertFault(tooDeep, () -> Expressions.bind(null, map(":v", nested(33))));
  }

  @Test
  void theKeyMayNotBeTouched() {
    KeySchema key =
        new KeySchema(
            new KeyAttribute("p", KeyType.HASH, AttributeType.S),
            new KeyAttribute("c", KeyType.RANGE, AttributeType.S));
    update("SET a = :1").checkKeys(key);
    for (String text : new String[] {"SET c = :1", "REMOVE c.x", "ADD c :1", "DELETE c :ab"}) {
      Expressions.assertFault(
          "One or more parameter values were invalid: Cannot update attribute c. This attribute is"
              + " part of the key",
          () -> update(text).checkKeys(key));
    }
    assertEquals(Set.of("a", "b"), update("SET a.x = :1 REMOVE b").topLevelAttributes());
  }
}
