package dev.partita.model.partiql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.StatementBinding;

/** Parses statements and keeps the parsed texts. Thread-safe; one per process suffices. */
public final class StatementCompiler {
  /** A text counts once for each of these chars begun, so that long texts displace several. */
  private static final int CHARS_PER_CACHE_PLACE = 256;

  private final Cache<String, Compiled> statements;

  private record Compiled(Statement statement, int parameters) {}

  /** Keeps up to {@code cachedTextsMax} texts, and at most 256 times as many chars. */
  public StatementCompiler(int cachedTextsMax) {
    this.statements =
        Caffeine.newBuilder()
            .executor(Runnable::run)
            .maximumWeight(cachedTextsMax)
            .<String, Compiled>weigher((text, ignored) -> 1 + text.length() / CHARS_PER_CACHE_PLACE)
            .build();
  }

  /**
   * The statement with its parameters. Surplus ones are ignored, as on AWS.
   *
   * @throws ExpressionException with AWS's text if it is faulty
   */
  public BoundStatement bind(String text, StatementBinding parameters) {
    Compiled compiled = compiled(text);
    if (parameters.count() < compiled.parameters) {
      throw new ExpressionException("Number of parameters in request and statement don't match.");
    }
    return compiled.statement.bind(parameters);
  }

  private Compiled compiled(String text) {
    Compiled known = statements.getIfPresent(text);
    if (known != null) {
      return known;
    }
    StatementParser.Parsed parsed = StatementParser.parse(text);
    Compiled compiled =
        new Compiled(StatementTranslator.translate(parsed.expression()), parsed.parameters());
    statements.put(text, compiled);
    return compiled;
  }

  /** How many texts are kept. */
  long cachedTexts() {
    statements.cleanUp();
    return statements.estimatedSize();
  }
}
