package dev.partita.model.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.AttributeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What the tests of expressions share. */
final class Expressions {
  private static final ExpressionCompiler COMPILER = new ExpressionCompiler(64);

  private Expressions() {}

  static ExpressionBinding bind(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    return COMPILER.bind(names, values);
  }

  static void assertFault(String message, Executable action) {
    assertEquals(message, assertThrows(ExpressionException.class, action).getMessage());
  }
}
