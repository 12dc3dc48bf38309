package dev.partita.model.expression;

import static dev.partita.model.Values.b;
import static dev.partita.model.Values.item;
import static dev.partita.model.Values.l;
import static dev.partita.model.Values.m;
import static dev.partita.model.Values.map;
import static dev.partita.model.Values.n;
import static dev.partita.model.Values.s;
import static dev.partita.model.Values.ss;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Whatever the text, nothing but an {@link ExpressionException} comes out. */
class ExpressionFuzzTest {
  private static final String[] PIECES = {
    "a",
    "b.c",
    "#n",
    "#x",
    ":v",
    ":s",
    ":x",
    "=",
    "<>",
    "<",
    "<=",
    ">",
    ">=",
    "+",
    "-",
    "(",
    ")",
    "[",
    "]",
    "[0]",
    "[7]",
    ".",
    ",",
    " AND ",
    " OR ",
    " NOT ",
    " BETWEEN ",
    " IN ",
    " SET ",
    " REMOVE ",
    " ADD ",
    " DELETE ",
    "attribute_exists(",
    "attribute_not_exists(",
    "attribute_type(",
    "begins_with(",
    "contains(",
    "size(",
    "if_not_exists(",
    "list_append(",
    "size",
    "_",
    "1",
    "!",
    "\"",
    "é",
    "😀",
    "\ud800",
    "#",
    ":",
    " ",
    "\n",
    "abort"
  };
  private static final Map<String, AttributeValue> VALUES =
      map(":v", n(1), ":s", s("S"), ":l", l(n(1)), ":set", ss("x"), ":b", b(1));
  private static final Item ITEM =
      item("a", n(1), "b", m("c", l(n(1), n(2))), "n", ss("x"), "l", l(n(3)));

  private static ExpressionBinding binding() {
    return Expressions.bind(Map.of("#n", "n"), VALUES);
  }

  private static void tryAll(String text) {
    List<Consumer<ExpressionBinding>> uses =
        List.of(
            binding -> binding.condition(text).matches(ITEM),
            binding -> binding.filter(text).matches(Item.EMPTY),
            binding -> binding.keyCondition(text),
            binding -> binding.projection(text).project(ITEM),
            binding -> {
              UpdateResult result = binding.update(text).apply(ITEM, Item.EMPTY);
              result.updatedOld();
              result.updatedNew();
            });
    for (Consumer<ExpressionBinding> use : uses) {
      try {
        use.accept(binding());
      } catch (ExpressionException expected) {
        assertTrue(expected.getMessage() != null && !expected.getMessage().isEmpty());
      }
    }
  }

  @Test
  void tokenSoup() {
    long seed = 31_337;
    Random random = new Random(seed);
    for (int i = 0; i < 15_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int pieces = 1 + random.nextInt(14); pieces > 0; pieces--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
        if (random.nextBoolean()) {
          text.append(' ');
        }
      }
      try {
        tryAll(text.toString());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  @Test
  void damagedGoodExpressions() {
    long seed = 555;
    Random random = new Random(seed);
    String[] good = {
      "(a = :v OR NOT b.c[0] < :v) AND size(#n) BETWEEN :v AND :v AND a IN (:v, :s)",
      "SET a = if_not_exists(a, :v) + :v, b.c[1] = list_append(l, :l) REMOVE x ADD #n :set",
      "a, b.c[0], b.c[1], #n",
      "a = :v AND begins_with(b, :s)"
    };
    for (int i = 0; i < 10_000; i++) {
      StringBuilder text = new StringBuilder(good[random.nextInt(good.length)]);
      for (int damage = 1 + random.nextInt(3); damage > 0; damage--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
          default -> text.setCharAt(at, (char) (32 + random.nextInt(96)));
        }
      }
      try {
        tryAll(text.toString());
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("seed " + seed + ": " + text, e);
      }
    }
  }

  @Test
  void hostileNestingNeedsLittleStack() throws InterruptedException {
    String[] hostile = {
      "(".repeat(4096),
      "(".repeat(2000) + "a=:v" + ")".repeat(2000),
      "NOT ".repeat(1000) + "a = :v",
      "NOT (".repeat(500) + "a = :v" + ")".repeat(500),
      "NOT(".repeat(140) + "a = :v" + ")".repeat(140),
      "NOT(".repeat(300) + "a" + ")".repeat(300),
      "NOT NOT(".repeat(149) + "a = :v" + ")".repeat(149),
      "a = " + "size(".repeat(700) + "a" + ")".repeat(700),
      "a = " + "(".repeat(2000) + "b" + ")".repeat(2000),
      "a<b" + " or (a<b".repeat(149) + ")".repeat(149),
      "a<b" + " or (a<b".repeat(400) + ")".repeat(400),
      "SET a = " + "(".repeat(2000) + "b" + ")".repeat(2000),
      "SET a = " + "if_not_exists(z,".repeat(100) + ":v" + ")".repeat(100),
      "SET a = " + "f(".repeat(1800),
      "a" + ".a".repeat(2000),
      "a" + "[0]".repeat(1300),
      "a IN (" + "a,".repeat(2000) + "a)"
    };
    Throwable[] failure = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              for (String text : hostile) {
                tryAll(text);
              }
            },
            "small stack",
            256 * 1024);
    thread.setUncaughtExceptionHandler((ignored, thrown) -> failure[0] = thrown);
    thread.start();
    thread.join(30_000);
    if (failure[0] != null) {
      throw new AssertionError("hostile nesting", failure[0]);
    }
  }
}
