package dev.partita.model.expression;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.partita.model.AttributeValue;
import dev.partita.model.expression.OperandSyntax.PathSyntax;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Parses expressions and keeps the parsed texts. Thread-safe; one per process suffices. */
public final class ExpressionCompiler {
  private static final int TEXT_BYTES_MAX = 4096;

  /** A text counts once for each of these chars begun, so that long texts displace several. */
  private static final int CHARS_PER_CACHE_PLACE = 256;

  private final Cache<String, ConditionSyntax> conditions;
  private final Cache<String, UpdateSyntax> updates;
  private final Cache<String, List<PathSyntax>> projections;

  /**
   * Keeps up to {@code cachedTextsMax} texts of conditions (of any kind), of updates and of
   * projections, and of each at most 256 times as many chars.
   */
  public ExpressionCompiler(int cachedTextsMax) {
    this.conditions = cache(cachedTextsMax);
    this.updates = cache(cachedTextsMax);
    this.projections = cache(cachedTextsMax);
  }

  private static <T> Cache<String, T> cache(int places) {
    return Caffeine.newBuilder()
        .executor(Runnable::run)
        .maximumWeight(places)
        .<String, T>weigher((text, parsed) -> 1 + text.length() / CHARS_PER_CACHE_PLACE)
        .build();
  }

  /**
   * Placeholders of one request; null stands for none.
   *
   * @throws ExpressionException with AWS's text if a placeholder is malformed, none is given, or
   *     they are too large
   */
  public ExpressionBinding bind(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    Placeholders.check(names, values);
    return new ExpressionBinding(
        this, names == null ? Map.of() : names, values == null ? Map.of() : values);
  }

  ConditionSyntax condition(ExpressionKind kind, String text) {
    return parsed(conditions, kind, text, source -> ConditionParser.parse(kind, source));
  }

  UpdateSyntax update(String text) {
    return parsed(updates, ExpressionKind.UPDATE, text, UpdateParser::parse);
  }

  List<PathSyntax> projection(String text) {
    return parsed(projections, ExpressionKind.PROJECTION, text, ProjectionParser::parse);
  }

  /** How many texts are kept. */
  long cachedTexts() {
    conditions.cleanUp();
    updates.cleanUp();
    projections.cleanUp();
    return conditions.estimatedSize() + updates.estimatedSize() + projections.estimatedSize();
  }

  private static <T> T parsed(
      Cache<String, T> cache, ExpressionKind kind, String text, Function<String, T> parser) {
    T known = cache.getIfPresent(text);
    if (known != null) {
      return known;
    }
    if (text.isBlank()) {
      throw kind.invalid("The expression can not be empty;");
    }
    int size = text.getBytes(StandardCharsets.UTF_8).length;
    if (size > TEXT_BYTES_MAX) {
      throw kind.invalid(
          "Expression size has exceeded the maximum allowed size; expression size: " + size);
    }
    T parsed = parser.apply(text);
    cache.put(text, parsed);
    return parsed;
  }
}
