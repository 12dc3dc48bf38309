package dev.partita.model.partiql;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.bool;
import static dev.partita.model.Values.bs;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.ns;
import static dev.partita.model.Values.nul;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static dev.partita.model.partiql.Statements.bind;
import static dev.partita.model.partiql.Statements.holds;
import static dev.partita.model.partiql.Statements.select;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.expression.ExpressionException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementTest {
  private static final Item ITEM =
      item(
          "pk", s("it's"),
          "n", n(1),
          "big", n("7310000"),
          "flag", s("right"),
          "yes", bool(true),
          "nul", nul(),
          "ss", ss("a", "b", "c"),
          "nums", ns("1", "2"),
          "bin", b(1, 2, 3),
          "m", m("sub", s("x"), "k", l(s("c"), m("z", n(5)))),
          "l", l(s("a"), s("b")),
          "a--b", s("dashes"));

  private static Item update(String clauses, AttributeValue... parameters) {
    BoundStatement.Update update =
        assertInstanceOf(
            BoundStatement.Update.class,
            bind("UPDATE t " + clauses + " WHERE pk = 'x'", parameters));
    return update.update().apply(ITEM, Item.EMPTY).newItem();
  }

  private static Item insert(String tuple, AttributeValue... parameters) {
    return assertInstanceOf(
            BoundStatement.Insert.class, bind("INSERT INTO t VALUE " + tuple, parameters))
        .item();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk = 'it''s'",
        "'it''s' = pk",
        "\"pk\" = 'it''s' -- a note",
        "/* a note */ n = 1",
        "n<>2 AND n!=2",
        "n>-5;",
        "n = - - 1",
        "n > -/* c */1",
        "n BETWEEN - 2 AND +5 AND n IN [- 1, 1]",
        "n NOT BETWEEN 2 AND 3",
        "n in (2, 1)",
        "n IN <<1>>",
        "n NOT IN [2, 3]",
        "NOT n IN [2, 3]",
        "big = 7.31e6",
        "big = 7.31E6",
        "big = 7.31e+6",
        "big = 731e4",
        "big = 73100000e-1",
        "big = .731e7",
        "big = +7310000.00",
        "attribute_exists(ss) AND ATTRIBUTE_NOT_EXISTS (nope)",
        "NOT attribute_exists(nope)",
        "(attribute_exists(nope) OR attribute_exists(ss))",
        "attribute_exists(\"ss\") = true",
        "attribute_exists(m.sub) AND attribute_exists(l[0]) AND attribute_exists(m.k[1].z)",
        "attribute_exists(nope) = false",
        "true = attribute_exists(n)",
        "attribute_exists(n) <> 1",
        "contains(nope, 'z') = false",
        "(n BETWEEN 0 AND 5) = true",
        "(n = 5 OR flag = 'x') = false",
        "attribute_exists(nope) IN [true, false]",
        "attribute_exists(n) = attribute_exists(flag)",
        "attribute_exists(n) = yes",
        "size(flag) = 5",
        "SIZE(ss) > 2",
        "size(m.k) = 2",
        "attribute_type(ss, 'SS')",
        "begins_with(flag, 'ri')",
        "contains(ss, 'a') AND contains(flag, 'igh')",
        "nope IS MISSING",
        "n is not missing",
        "nul IS NULL",
        "nope IS NOT NULL",
        "n IS NOT NULL",
        "yes IS BOOL",
        "yes IS BOOLEAN",
        "flag IS STRING",
        "n IS NUMERIC(1, 2)",
        "bin IS BLOB",
        "l IS LIST",
        "m IS STRUCT AND m IS TUPLE",
        "ss = <<'c', 'a', 'b'>>",
        "nums = <<2, 1.0>>",
        "l = ['a', 'b']",
        "m = {'k': ['c', {'z': 5}], 'sub': 'x'}",
        "nul = null",
        "n < big",
        "\"a--b\" = 'dashes'",
        "n = 2 OR n = 1 AND flag = 'right'",
        "$1 IS MISSING",
        "NOT NOT n = 1"
      })
  void holdsFor(String condition) {
    assertTrue(holds(ITEM, condition), condition);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pk = 'its'",
        "n > - - 1",
        "attribute_exists(n) = 1",
        "NOT attribute_exists(n) = true",
        "(attribute_exists(n) = true) = false",
        "attribute_exists(n) = flag",
        "nope IS NULL",
        "nul IS NOT NULL",
        "flag IS BOOL",
        "n IS MISSING",
        "l = ['b', 'a']",
        "n = '1'",
        "flag < 5",
        "n = 1 AND NOT (n = 1 OR nope = 2)",
        "(n = 2 OR n = 1) AND flag = 'wrong'",
        "size(n) > 0"
      })
  void doesNotHoldFor(String condition) {
    assertEquals(false, holds(ITEM, condition), condition);
  }

  @Test
  void parametersStandForTheirValues() {
    assertTrue(holds(ITEM, "n = ? AND ss = ? AND size(flag) = ?", n(1), ss("b", "c", "a"), n(5)));
    assertTrue(holds(ITEM, "n IN [?, 2] AND begins_with(flag, ?)", n(1), s("r")));
    assertTrue(holds(ITEM, "? = n", n("1.0")));
    assertEquals(false, holds(ITEM, "flag = '?'", n(1)));
  }

  @Test
  void selectNamesTableIndexAndOrder() {
    BoundStatement.Select select =
        select("select a from \"my.table\".\"my-index\" where a = 1 order by b desc, c asc, d");
    assertEquals(new TableSource("my.table", "my-index"), select.source());
    assertEquals("my.table", select.table());
    assertEquals(
        List.of(new OrderKey("b", true), new OrderKey("c", false), new OrderKey("d", false)),
        select.orderBy());
    assertNull(select("SELECT * FROM Music").where());
    assertEquals(new TableSource("Music", null), select("SELECT * FROM Music;").source());
    assertEquals(new TableSource("Music", "ByYear"), select("SELECT * FROM Music.ByYear").source());
  }

  @Test
  void columnsAreNamedByTheEndOfTheirPath() {
    BoundStatement.Select select =
        select("SELECT m.sub, l[1], m.k[0], m.k[1].z, nope, \"a--b\", l[-0] FROM t");
    assertEquals(
        item(
            "sub", s("x"),
            "l[1]", s("b"),
            "k[0]", s("c"),
            "z", n(5),
            "a--b", s("dashes"),
            "l[0]", s("a")),
        select.projection().project(ITEM));
    assertEquals(
        java.util.Set.of("m", "l", "nope", "a--b"), select.projection().topLevelAttributes());
    assertEquals(false, select.projection().isAll());
    assertTrue(select("SELECT/**/* FROM t").projection().isAll());
    assertEquals(ITEM, select("SELECT * FROM t").projection().project(ITEM));
  }

  @Test
  void insertTakesLiteralsOfAllTypes() {
    assertEquals(
        item(
            "pk", s("it's"),
            "N", n("-0.0015"),
            "zero", n(0),
            "map", m("entry 1", s("v"), "e2", n(4), "empty", m()),
            "list", l(n(1), s("s"), ss("x"), l()),
            "ns", ns("1", "34", "4.5"),
            "ss", ss("a", "b"),
            "yes", bool(true),
            "no", bool(false),
            "nothing", nul(),
            "text", s("-- /* ? */"),
            "param", bs(new int[] {1})),
        insert(
            "{'pk':'it''s', 'N':-1.5e-3, 'zero':-0, 'map':{'entry 1':'v', 'e2':4, 'empty':{}},"
                + " 'list':[1,'s',<<'x'>>,[]], 'ns':<<1,34,4.5>>, 'ss':<<'a','b'>>, 'yes':TRUE,"
                + " 'no':false, 'nothing':Null, 'text':'-- /* ? */', 'param':?}",
            bs(new int[] {1})));
    assertEquals("t", bind("INSERT INTO \"t\" value {'a': 1}").table());
  }

  @Test
  void updateSetsAndRemoves() {
    Item updated =
        update(
            "SET n=n-1, big = big + 2e0 SET m.fresh=[2020, 'x', ?] REMOVE l[0] REMOVE m.sub"
                .replace(", ?]", "]"));
    assertEquals(n(0), updated.get("n"));
    assertEquals(n(7_310_002), updated.get("big"));
    assertEquals(m("k", l(s("c"), m("z", n(5))), "fresh", l(n(2020), s("x"))), updated.get("m"));
    assertEquals(l(s("b")), updated.get("l"));
    assertEquals(n(3), update("SET n = n - - 2").get("n"));
    assertEquals(n(-4), update("SET n = n - 2 - 3").get("n"));
    assertEquals(s("right"), update("SET x = flag").get("x"));
    assertEquals(s("a"), update("SET x = l[0]").get("x"));
    assertEquals(n(7), update("SET x = ?", n(7)).get("x"));
  }

  @Test
  void updateCallsFunctions() {
    assertEquals(l(s("a"), s("b"), n(4)), update("SET l = LIST_APPEND(l, [4])").get("l"));
    assertEquals(l(n(0), s("a"), s("b")), update("SET l = list_append([0], l)").get("l"));
    assertEquals(n(9), update("SET x = if_not_exists(x, 9)").get("x"));
    assertEquals(ss("a", "b", "c", "z"), update("SET ss = set_add(ss, <<'z'>>)").get("ss"));
    assertEquals(ss("b", "c"), update("SET ss = SET_DELETE(ss, <<'a', 'q'>>)").get("ss"));
    assertNull(update("SET nums = set_delete(nums, ?)", ns("1", "2")).get("nums"));
    assertEquals(ns("9"), update("SET fresh = set_add(fresh, ?)", ns("9")).get("fresh"));
    for (String wrong :
        List.of("ss = set_add(ss, <<1>>)", "flag = set_add(flag, <<'x'>>)", "n = n + flag")) {
      assertEquals(
          "An operand in the update expression has an incorrect data type",
          assertThrows(ExpressionException.class, () -> update("SET " + wrong)).getMessage());
    }
  }

  @Test
  void anUpdateMayNotMakeTheItemTooDeep() {
    AttributeValue value = s("x");
    for (int level = 1; level < 32; level++) {
      value = m("a", value);
    }
    AttributeValue deep = value;
    assertEquals(deep, update("SET d = ?", deep).get("d"));
    assertEquals(
        "Nesting Levels have exceeded supported limits",
        assertThrows(ExpressionException.class, () -> update("SET m.deep = ?", deep)).getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "ALL OLD, ALL_OLD",
    "all new, ALL_NEW",
    "MODIFIED OLD, MODIFIED_OLD",
    "modified new, MODIFIED_NEW"
  })
  void updateReturns(String clause, Returning returning) {
    BoundStatement.Update update =
        assertInstanceOf(
            BoundStatement.Update.class,
            bind("UPDATE t SET a = 1 WHERE pk = 'x' RETURNING " + clause + " *"));
    assertEquals(returning, update.returning());
    assertTrue(update.where() != null && update.where().matches(item("pk", s("x"))));
  }

  @Test
  void fromMayComeFirst() {
    BoundStatement.Update update =
        assertInstanceOf(
            BoundStatement.Update.class,
            bind("from \"t\" where pk = ? SET c = ? REMOVE a RETURNING ALL NEW *", s("x"), n(7)));
    assertEquals("t", update.table());
    assertEquals(
        item("pk", s("x"), "c", n(7)),
        update.update().apply(item("pk", s("x"), "a", n(1)), Item.EMPTY).newItem());
    assertEquals(Returning.ALL_NEW, update.returning());
    assertTrue(update.where() != null && update.where().matches(item("pk", s("x"))));
    assertNull(assertInstanceOf(BoundStatement.Update.class, bind("FROM t SET c = 1")).where());
  }

  @Test
  void deleteAndExists() {
    BoundStatement.Delete delete =
        assertInstanceOf(
            BoundStatement.Delete.class,
            bind("DELETE FROM \"t\" WHERE pk = 'x' RETURNING ALL OLD *"));
    assertTrue(delete.returning());
    assertTrue(delete.where() != null && delete.where().matches(item("pk", s("x"))));
    assertEquals(
        false, assertInstanceOf(BoundStatement.Delete.class, bind("DELETE FROM t")).returning());
    BoundStatement.Exists exists =
        assertInstanceOf(
            BoundStatement.Exists.class,
            bind("EXISTS( SELECT * FROM \"t\" WHERE pk = ? AND a is  MISSING)", s("x")));
    assertEquals("t", exists.table());
    assertTrue(
        exists.select().where() != null && exists.select().where().matches(item("pk", s("x"))));
  }
}
