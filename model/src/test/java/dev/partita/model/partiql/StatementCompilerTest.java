package dev.partita.model.partiql;

import static dev.partita.model.Values.item;
import static dev.partita.model.Values.n;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.StatementBinding;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatementCompilerTest {

  @Test
  void keepsParsedTextsButNotTheirParameters() {
    StatementCompiler compiler = new StatementCompiler(100);
    for (int value = 1; value <= 3; value++) {
      BoundStatement bound =
          compiler.bind("INSERT INTO t VALUE {'a': ?}", new StatementBinding(List.of(n(value))));
      assertEquals(new BoundStatement.Insert("t", item("a", n(value))), bound);
    }
    assertEquals(1, compiler.cachedTexts());
  }

  @Test
  void keepsNothingOfFaultyTexts() {
    StatementCompiler compiler = new StatementCompiler(100);
    StatementBinding none = new StatementBinding(List.of());
    for (int attempt = 0; attempt < 2; attempt++) {
      assertThrows(ExpressionException.class, () -> compiler.bind("SELECT", none));
    }
    assertEquals(0, compiler.cachedTexts());
  }

  @Test
  void forgetsTextsBeyondItsBound() {
    StatementCompiler compiler = new StatementCompiler(10);
    StatementBinding none = new StatementBinding(List.of());
    for (int i = 0; i < 1000; i++) {
      compiler.bind("SELECT a" + i + " FROM t", none);
    }
    assertEquals(10, compiler.cachedTexts());
  }
}
