package dev.partita.model.partiql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.StatementBinding;
import java.util.List;

/** What the tests of statements share. */
final class Statements {
  static final String MALFORMED = "Statement wasn't well formed, can't be processed: ";

  private static final StatementCompiler COMPILER = new StatementCompiler(64);

  private Statements() {}

  static BoundStatement bind(String text, AttributeValue... parameters) {
    return COMPILER.bind(text, new StatementBinding(List.of(parameters)));
  }

  static BoundStatement.Select select(String text, AttributeValue... parameters) {
    return assertInstanceOf(BoundStatement.Select.class, bind(text, parameters));
  }

  /** Whether the condition, written behind WHERE, holds. */
  static boolean holds(Item item, String condition, AttributeValue... parameters) {
    Condition where = select("SELECT * FROM t WHERE " + condition, parameters).where();
    return where != null && where.matches(item);
  }

  static void assertFault(String message, String text, AttributeValue... parameters) {
    ExpressionException fault =
        assertThrows(ExpressionException.class, () -> bind(text, parameters), text);
    assertEquals(message, fault.getMessage(), text);
  }

  static void assertMalformed(String detail, String text) {
    assertFault(MALFORMED + detail, text);
  }
}
