package dev.partita.engine.operation;

import dev.partita.model.AttributeValue;
import dev.partita.model.ItemSizes;
import dev.partita.model.expression.StatementBinding;
import dev.partita.model.partiql.BoundStatement;
import dev.partita.model.partiql.StatementCompiler;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the statements of requests into what is executed. */
final class RequestStatements {
  private final StatementCompiler compiler;

  RequestStatements(StatementCompiler compiler) {
    this.compiler = compiler;
  }

  /** The values of a statement's parameters. May throw ExpressionException. */
  static StatementBinding parameters(@Nullable List<AttributeValue> parameters) {
    return new StatementBinding(parameters == null ? List.of() : parameters);
  }

  /** The statement with its values. May throw ExpressionException. */
  BoundStatement bind(String text, StatementBinding parameters) {
    return compiler.bind(text, parameters);
  }

  /** The memory that a statement holds. */
  static int expressionBytes(String text, @Nullable List<AttributeValue> parameters) {
    int bytes = text.length();
    if (parameters != null) {
      for (AttributeValue value : parameters) {
        bytes += ItemSizes.of(value);
      }
    }
    return bytes;
  }
}
