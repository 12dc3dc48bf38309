package dev.partita.engine.operation;

import dev.partita.engine.partition.StoredItem;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.ExpectedAttributeValue;
import dev.partita.model.api.SemanticErrorPrefix;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionBinding;
import dev.partita.model.expression.ExpressionCompiler;
import dev.partita.model.expression.ExpressionException;
import dev.partita.model.expression.LegacyConditions;
import dev.partita.model.expression.Projection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns the expressions and legacy conditions of requests into what evaluates them. */
final class RequestExpressions {
  private final ExpressionCompiler compiler;

  RequestExpressions(ExpressionCompiler compiler) {
    this.compiler = compiler;
  }

  /** Binds the expressions of {@code request}; {@code use} may throw ExpressionException. */
  <T> T bind(
      ApiRequest request,
      @Nullable Map<String, String> names,
      @Nullable Map<String, AttributeValue> values,
      Function<ExpressionBinding, T> use) {
    try {
      ExpressionBinding binding = compiler.bind(names, values);
      T result = use.apply(binding);
      binding.checkAllUsed();
      return result;
    } catch (ExpressionException wrong) {
      throw SemanticErrorPrefix.error(request, messageOf(wrong));
    }
  }

  /** Runs {@code step}, whose ExpressionException becomes a ValidationException. */
  static <T extends @Nullable Object> T checked(Supplier<T> step) {
    try {
      return step.get();
    } catch (ExpressionException wrong) {
      throw ApiException.validation(messageOf(wrong));
    }
  }

  /** As {@link #checked} for a step without a result. */
  static void check(Runnable step) {
    try {
      step.run();
    } catch (ExpressionException wrong) {
      throw ApiException.validation(messageOf(wrong));
    }
  }

  /** What to tell the client. */
  static String messageOf(ExpressionException wrong) {
    return Objects.requireNonNullElse(wrong.getMessage(), "");
  }

  /**
   * The condition of a single-item write, modern or legacy; null if there is none. May throw
   * ExpressionException.
   */
  static @Nullable Condition writeCondition(
      ExpressionBinding binding,
      @Nullable String conditionExpression,
      @Nullable Map<String, ExpectedAttributeValue> expected,
      @Nullable ConditionalOperator operator) {
    if (conditionExpression != null) {
      return binding.condition(conditionExpression);
    }
    return expected == null || expected.isEmpty()
        ? null
        : LegacyConditions.expected(expected, operator);
  }

  /** Whether a write's condition holds for the item that it met; no condition always does. */
  static boolean holds(@Nullable Condition condition, @Nullable StoredItem current) {
    return condition == null || condition.matches(current == null ? Item.EMPTY : current.item());
  }

  /** The filter of a Query or Scan, modern or legacy; null if there is none. */
  static @Nullable Condition filter(
      ExpressionBinding binding,
      @Nullable String filterExpression,
      @Nullable Map<String, dev.partita.model.api.Condition> legacyFilter,
      @Nullable ConditionalOperator operator) {
    if (filterExpression != null) {
      return binding.filter(filterExpression);
    }
    return legacyFilter == null || legacyFilter.isEmpty()
        ? null
        : LegacyConditions.filter(legacyFilter, operator);
  }

  /** What a read returns of each item. */
  static Projection projection(
      ExpressionBinding binding,
      @Nullable String projectionExpression,
      @Nullable List<String> attributesToGet) {
    if (projectionExpression != null) {
      return binding.projection(projectionExpression);
    }
    return attributesToGet == null ? Projection.all() : Projection.ofAttributes(attributesToGet);
  }
}
