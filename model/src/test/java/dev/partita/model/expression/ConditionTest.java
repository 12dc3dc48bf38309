package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bool;
import static dev.partita.model.Values.bs;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.ns;
import static dev.partita.model.Values.nul;
import static dev.partita.model.Values.ofEveryType;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static dev.partita.model.Values.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
  private static final Item ITEM =
      item(
          "str", s("hello"),
          "num", n(5),
          "six", n(6),
          "bin", b(1, 128, 3),
          "yes", bool(true),
          "nothing", nul(),
          "lst", l(n(1), s("x"), l(n(9)), m("k", s("deep"))),
          "doc", m("a", m("b", l(n(10), n(20))), "t", s("u")),
          "strs", ss("a", "b"),
          "nums", ns("1", "2.0"),
          "bins", bs(new int[] {1}, new int[] {2}));

  private static final Map<String, AttributeValue> VALUES =
      map(
          ":hello",
          s("hello"),
          ":ell",
          s("ell"),
          ":he",
          s("he"),
          ":five",
          n(5),
          ":four",
          n(4),
          ":six",
          n(6),
          ":one",
          n(1),
          ":two",
          n(2),
          ":ten",
          n(10),
          ":bin",
          b(1, 128, 3),
          ":byte",
          b(128),
          ":high",
          b(1, 129),
          ":true",
          bool(true),
          ":null",
          nul(),
          ":list",
          l(n(9)),
          ":strs",
          ss("b", "a"),
          ":a",
          s("a"),
          ":x",
          s("x"),
          ":S",
          s("S"),
          ":NS",
          s("NS"),
          ":N",
          s("N"),
          ":doc",
          m("t", s("u"), "a", m("b", l(n(10), n(20)))),
          ":int1",
          b(1),
          ":five0",
          n("5.0"),
          ":three",
          n(3));

  private static boolean matches(Item item, String text) {
    Condition condition =
        Expressions.bind(Map.of("#n", "num", "#d", "doc"), VALUES).condition(text);
    boolean decoded = condition.matches(item);
    assertEquals(decoded, condition.matches(stored(item)), text);
    return decoded;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "num = :five",
        "num = :five0",
        ":five = num",
        "#n = :five",
        "(num) = (:five)",
        "str = :hello",
        "bin = :bin",
        "yes = :true",
        "nothing = :null",
        "strs = :strs",
        "doc = :doc",
        "lst[2] = :list",
        "num <> :six",
        "num <> :hello",
        "gone <> :five",
        "gone <> absent",
        "num < :six",
        "num <= :five",
        "num > :four",
        "num >= :five",
        "str > :he",
        "bin < :high",
        "num < six",
        "num BETWEEN :four AND :six",
        "num between :five and :five",
        ":five between num and six",
        "num IN (:one, :five)",
        "num in (six, num)",
        "attribute_exists(num)",
        "attribute_exists(doc.a.b[1])",
        "attribute_exists(nothing)",
        "attribute_not_exists(gone)",
        "attribute_not_exists(doc.a.c)",
        "attribute_not_exists(lst[4])",
        "attribute_not_exists(str.x)",
        "attribute_not_exists(doc[0])",
        "attribute_not_exists(doc.a.b[2])",
        "attribute_type(str, :S)",
        "attribute_type(nums, :NS)",
        "attribute_type(:five, :N)",
        "begins_with(str, :he)",
        "begins_with(:hello, :he)",
        "begins_with(bin, :int1)",
        "contains(str, :ell)",
        "contains(bin, :byte)",
        "contains(strs, :a)",
        "contains(nums, :two)",
        "contains(bins, :int1)",
        "contains(lst, :x)",
        "contains(lst, :list)",
        "contains(:hello, :ell)",
        "size(str) = :five",
        "size(bin) = :three",
        "size(lst) = :four",
        "size(doc) = :two",
        "size(strs) = :two",
        "size(:hello) = num",
        "size(doc.a.b) BETWEEN :one AND :two",
        "doc.a.b[0] = :ten",
        "#d.a.b[0] = :ten",
        "lst[3].k <> :a",
        "NOT num = :six",
        "not not num = :five",
        "NOT NOT NOT num = :six",
        "num = :six OR num = :five",
        "num = :five AND six = :six",
        "num = :five OR num = :six AND str = :a",
        "(num = :five OR num = :six) AND six = :six",
        "NOT num = :six AND six = :six",
        "num between :four and :six and six = :six",
        "NOT (num = :six)",
        "((num = :five) AND (six = :six))",
        "size(num) <> :five",
        "(doc.a).b[0] = :ten"
      })
  void holds(String text) {
    assertEquals(true, matches(ITEM, text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "num = :six",
        "num = :hello",
        "gone = :five",
        "gone = absent",
        "num <> :five",
        "num < :five",
        "num < :hello",
        "gone < :five",
        ":five < gone",
        "gone <= absent",
        "lst < :five",
        ":five < lst",
        "str > :x",
        "num BETWEEN :six AND :ten",
        "num BETWEEN six AND :five",
        "gone BETWEEN :four AND :six",
        "str BETWEEN num AND six",
        "num IN (:one)",
        "gone IN (gone2, :five)",
        "attribute_exists(gone)",
        "attribute_exists(doc.a.b[2])",
        "attribute_not_exists(nothing)",
        "attribute_type(str, :N)",
        "attribute_type(gone, :S)",
        "begins_with(str, :ell)",
        "begins_with(num, :he)",
        "begins_with(gone, :he)",
        "begins_with(str, bin)",
        "contains(str, :a)",
        "contains(str, :five)",
        "contains(doc, :a)",
        "contains(num, :five)",
        "contains(strs, :strs)",
        "contains(yes, :true)",
        "contains(gone, :a)",
        "contains(lst, gone)",
        "size(num) = :five",
        "size(gone) = :five",
        "size(yes) < :ten",
        "size(str) = :hello",
        "NOT num = :five",
        "num = :six OR num = :one",
        "num = :five AND six = :five",
        "(num = :five OR num = :six) AND str = :a",
        "NOT num = :five AND six = :six",
        "gone.x = :five",
        "lst[0].x = :five",
        "str[0] = :he"
      })
  void doesNotHold(String text) {
    assertEquals(false, matches(ITEM, text));
  }

  @Test
  void valuesOfDifferentTypesAreNeverEqual() {
    List<AttributeValue> values = ofEveryType();
    for (AttributeValue left : values) {
      for (AttributeValue right : values) {
        boolean same = left.type() == right.type();
        ExpressionBinding binding = Expressions.bind(null, map(":v", right));
        assertEquals(same, binding.condition("a = :v").matches(item("a", left)));
        assertEquals(!same, binding.condition("a <> :v").matches(item("a", left)));
      }
    }
  }

  @Test
  void anEmptyItemHasNothing() {
    assertEquals(true, matches(Item.EMPTY, "attribute_not_exists(pk)"));
    assertEquals(false, matches(Item.EMPTY, "attribute_exists(pk) OR pk = :a"));
    assertEquals(true, matches(Item.EMPTY, "pk <> :a"));
  }

  @Test
  void stringsMeasureUtf16AndOrderByUtf8() {
    ExpressionBinding binding = Expressions.bind(null, map(":two", n(2), ":private", s("\ue000")));
    assertEquals(true, binding.condition("size(a) = :two").matches(item("a", s("😀"))));
    assertEquals(true, binding.condition("a > :private").matches(item("a", s("😀"))));
  }

  @Test
  void namesItsTopLevelAttributes() {
    Condition condition =
        Expressions.bind(Map.of("#x", "x.y"), map(":v", n(1), ":t", s("S")))
            .filter(
                "a.b = :v AND (c BETWEEN d[0] AND :v OR NOT size(e) < :v) AND f IN (g, :v) AND"
                    + " attribute_exists(#x) AND attribute_type(h, :t) AND begins_with(i, j) AND"
                    + " contains(k, l)");
    assertEquals(
        Set.of("a", "c", "d", "e", "f", "g", "x.y", "h", "i", "j", "k", "l"),
        condition.topLevelAttributes());
  }

  @Test
  void aQuerysFilterMayNotNameTheKey() {
    KeySchema key =
        new KeySchema(
            new KeyAttribute("p", KeyType.HASH, dev.partita.model.AttributeType.S),
            new KeyAttribute("c", KeyType.RANGE, dev.partita.model.AttributeType.N));
    ExpressionBinding binding = Expressions.bind(null, map(":v", n(1)));

    binding.filter("a = :v").checkNoKeys(key);
    Expressions.assertFault(
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: p",
        () -> binding.filter("a = :v OR size(p) = :v").checkNoKeys(key));
    Expressions.assertFault(
        "Filter Expression can only contain non-primary key attributes: Primary key attribute: c",
        () -> binding.filter("NOT c.x = :v").checkNoKeys(key));
  }
}
