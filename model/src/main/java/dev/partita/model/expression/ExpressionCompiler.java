package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses expressions and keeps the parsed texts. Thread-safe; one per process suffices. */
@SuppressWarnings("DoNotCallSuggester")
public final class ExpressionCompiler {

  /** Keeps up to {@code cachedTextsMax} texts of each kind of expression. */
  public ExpressionCompiler(int cachedTextsMax) {}

  /** Placeholders of one request; null stands for none. */
  public ExpressionBinding bind(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    throw new UnsupportedOperationException();
  }
}
