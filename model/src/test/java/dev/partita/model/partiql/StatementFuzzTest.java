package dev.partita.model.partiql;

import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.ItemCondition;
import dev.partita.model.expression.KeyBranches;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever the text, nothing but an {@link ExpressionException} comes out. */
class StatementFuzzTest {
  private static final List<String> PIECES =
      List.of(
          "SELECT ",
          "* ",
          "FROM ",
          "WHERE ",
          "ORDER BY ",
          "DESC ",
          "INSERT INTO ",
          "VALUE ",
          "UPDATE ",
          "SET ",
          "REMOVE ",
          "DELETE ",
          "RETURNING ALL OLD * ",
          "EXISTS(",
          "LIMIT ",
          "GROUP BY ",
          "AS ",
          "t ",
          "\"t\" ",
          "a",
          "b.c",
          "l[0]",
          "'x'",
          "'",
          "\"",
          "1",
          "-",
          "1e9",
          ".5",
          "?",
          "<<",
          ">>",
          "[",
          "]",
          "{",
          "}",
          "(",
          ")",
          ":",
          ",",
          ".",
          ";",
          "=",
          "<>",
          "<",
          ">=",
          "+",
          " AND ",
          " OR ",
          " NOT ",
          " IN ",
          " IS ",
          "MISSING ",
          "NULL ",
          "BOOL ",
          " BETWEEN ",
          " LIKE ",
          "true ",
          "size(",
          "attribute_exists(",
          "begins_with(",
          "list_append(",
          "set_add(",
          "if_not_exists(",
          "--",
          "/*",
          "*/",
          "\n",
          "é",
          "😀",
          "\ud800",
          "@",
          "#",
          "!",
          "||",
          "%");
  private static final KeySchema KEY =
      new KeySchema(
          new KeyAttribute("a", KeyType.HASH, AttributeType.S),
          new KeyAttribute("b", KeyType.RANGE, AttributeType.N));
  private static final Item ITEM = item("a", s("x"), "b", m("c", n(1)), "l", l(n(3)), "n", ss("x"));

  private static void use(String text) {
    try {
      switch (Statements.bind(text, n(1), s("x"), ss("y"))) {
        case BoundStatement.Select select -> {
          select.projection().project(ITEM);
          useCondition(select.where());
        }
        case BoundStatement.Insert insert -> insert.item().size();
        case BoundStatement.Update update -> {
          useCondition(update.where());
          update.update().apply(ITEM, Item.EMPTY).updatedNew();
        }
        case BoundStatement.Delete delete -> useCondition(delete.where());
        case BoundStatement.Exists exists -> useCondition(exists.select().where());
      }
    } catch (ExpressionException expected) {
      assertTrue(expected.getMessage() != null && !expected.getMessage().isEmpty());
    }
  }

  private static void useCondition(@Nullable Condition where) {
    if (where != null) {
      where.matches(ITEM);
      where.matches(Item.EMPTY);
      KeyBranches.of(where, KEY);
      ItemCondition.ofRead(where, KEY);
      ItemCondition.ofCheck(where, KEY);
      ItemCondition.ofWrite(where, KEY);
    }
  }

  @Test
  void tokenSoup() {
    long seed = 90_210;
    Random random = new Random(seed);
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = 1 + random.nextInt(16); pieces > 0; pieces--) {
        text.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      tryText(seed, text.toString());
    }
  }

  @Test
  void damagedGoodStatements() {
    long seed = 4_711;
    Random random = new Random(seed);
    String[] good = {
      "SELECT a, b.c[0], l[1] FROM \"t\".\"i\" WHERE a = 'x' AND (b > 1 OR NOT n IN [1, ?]) ORDER BY b DESC",
      "INSERT INTO t VALUE {'a': 'x', 'b': -1.5e3, 'm': {'k': [1, <<'a', 'b'>>, {}]}, 'p': ?}",
      "UPDATE t SET a = b + 1, l = list_append(l, [1]) REMOVE n SET n = set_add(n, <<'z'>>) WHERE a = 'x' AND b = 1 RETURNING MODIFIED NEW *",
      "DELETE FROM \"t\" WHERE a = ? AND b = 1 AND attribute_exists(l) RETURNING ALL OLD *",
      "EXISTS(SELECT * FROM t WHERE a = 'x' AND b = 1 AND c IS MISSING)",
      "FROM t WHERE a = 'x' AND b = 1 SET c = size(a)"
    };
    for (int i = 0; i < 30_000; i++) {
      StringBuilder text = new StringBuilder(good[random.nextInt(good.length)]);
      for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, PIECES.get(random.nextInt(PIECES.size())));
          default -> text.setCharAt(at, (char) (32 + random.nextInt(96)));
        }
      }
      tryText(seed, text.toString());
    }
  }

  private static void tryText(long seed, String text) {
    try {
      use(text);
    } catch (RuntimeException | StackOverflowError e) {
      throw new AssertionError("seed " + seed + ": " + text, e);
    }
  }

  @Test
  void hostileNestingNeedsLittleStack() throws InterruptedException {
    String where = "SELECT * FROM t WHERE ";
    String[] hostile = {
      where + "(".repeat(8000),
      where + "(".repeat(4000) + "a=1" + ")".repeat(4000),
      where + "(".repeat(90) + "a=1" + ")".repeat(90),
      where + "NOT ".repeat(2000) + "a = 1",
      where + "NOT ".repeat(90) + "a = 1",
      where + "NOT(".repeat(45) + "a = 1" + ")".repeat(45),
      where + "a = " + "- ".repeat(4000) + "1",
      where + "a = " + "[".repeat(4000),
      where + "a = " + "{'a':".repeat(1500),
      where + "a = " + "<<".repeat(4000),
      where + "a = " + "size(".repeat(1500) + "a" + ")".repeat(1500),
      where + "a = " + "size(".repeat(90) + "a" + ")".repeat(90),
      where + "a" + " = a".repeat(1900),
      where + "a = 1" + " AND a = 1".repeat(149),
      where + "a = 1" + " AND (a = 1 OR (a = 1".repeat(45) + "))".repeat(45),
      where + "a" + ".a".repeat(4000),
      where + "a" + "[0]".repeat(2500),
      where + "a" + "[a".repeat(4000),
      where + "a" + "[a".repeat(90) + "]".repeat(90),
      where + "(a=1)" + "=(a=1)".repeat(140),
      "UPDATE t SET a = b" + " + 1".repeat(290) + " WHERE a = 'x'",
      "UPDATE t SET a = " + "if_not_exists(z,".repeat(500) + "1" + ")".repeat(500),
      "UPDATE t SET a = " + "if_not_exists(z,".repeat(90) + "1" + ")".repeat(90),
      "EXISTS(".repeat(1100),
      "SELECT a FROM (".repeat(500),
      "FROM ".repeat(1600),
      "INSERT INTO t VALUE ".repeat(400)
    };
    Throwable[] failure = new Throwable[1];
    int[] done = new int[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              for (String text : hostile) {
                use(text);
                done[0]++;
              }
            },
            "small stack",
            512 * 1024);
    thread.setUncaughtExceptionHandler((ignored, thrown) -> failure[0] = thrown);
    thread.start();
    thread.join(30_000);
    if (failure[0] != null) {
      throw new AssertionError("hostile nesting", failure[0]);
    }
    assertEquals(hostile.length, done[0]);
  }
}
