package dev.partita.protocol.validation;

import dev.partita.model.AttributeValue;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.expression.ExpressionBinding;
import dev.partita.model.expression.ExpressionCompiler;
import dev.partita.model.expression.ExpressionException;
import dev.partita.protocol.json.AttributeProblems;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ordered rules of transactions. Of several actions that break a rule the first in the request
 * is told, be it for a bad value or for an expression that does not parse; what the tables decide
 * comes after both.
 *
 * <p>Source: paritysuite/dynamodb-conformance, validation-ordering/transactions, captured on AWS in
 * 2026.
 */
final class TransactionChecks {
  private static final String ITEMS = "TransactItems";

  private TransactionChecks() {}

  static void check(TransactWriteItemsRequest transaction, AttributeProblems problems) {
    List<TransactWriteItem> actions = transaction.transactItems();
    for (int index = 0; index < actions.size(); index++) {
      try {
        check(transaction, actions.get(index), index, problems);
      } catch (ApiException broken) {
        actions.subList(0, index).forEach(TransactionChecks::parse);
        throw broken;
      }
    }
  }

  static void check(TransactGetItemsRequest transaction, AttributeProblems problems) {
    List<TransactGetItem> reads = transaction.transactItems();
    for (int index = 0; index < reads.size(); index++) {
      try {
        check(transaction, reads.get(index), index, problems);
      } catch (ApiException broken) {
        reads.subList(0, index).forEach(TransactionChecks::parse);
        throw broken;
      }
    }
  }

  private static void check(
      TransactWriteItemsRequest transaction,
      TransactWriteItem action,
      int index,
      AttributeProblems problems) {
    ExpressionParameters expressions = new ExpressionParameters(transaction);
    if (action instanceof TransactWriteItem.Update update) {
      expressions.expression("UpdateExpression", update.updateExpression());
    }
    expressions.expression("ConditionExpression", action.conditionExpression());
    expressions.checkTogether(
        action.expressionAttributeNames(), action.expressionAttributeValues());
    String target = action instanceof TransactWriteItem.Put ? "Item" : "Key";
    report(problems.firstIn(ITEMS, index, target));
    expressions.checkContent(
        action.expressionAttributeNames(),
        action.expressionAttributeValues(),
        problems.firstIn(ITEMS, index, "ExpressionAttributeValues"));
  }

  private static void check(
      TransactGetItemsRequest transaction,
      TransactGetItem read,
      int index,
      AttributeProblems problems) {
    ExpressionParameters expressions =
        new ExpressionParameters(transaction).projection(read.projectionExpression());
    expressions.checkTogether(read.expressionAttributeNames(), null);
    report(problems.firstIn(ITEMS, index));
    expressions.checkContent(read.expressionAttributeNames(), null, null);
  }

  private static void report(AttributeProblems.@Nullable Problem problem) {
    if (problem != null) {
      throw ApiException.validation(problem.message());
    }
  }

  private static void parse(TransactWriteItem action) {
    parse(
        action.expressionAttributeNames(),
        action.expressionAttributeValues(),
        binding -> {
          if (action instanceof TransactWriteItem.Update update) {
            binding.update(update.updateExpression());
          }
          String condition = action.conditionExpression();
          if (condition != null) {
            binding.condition(condition);
          }
        });
  }

  private static void parse(TransactGetItem read) {
    parse(
        read.expressionAttributeNames(),
        null,
        binding -> {
          String projection = read.projectionExpression();
          if (projection != null) {
            binding.projection(projection);
          }
        });
  }

  /** Only requests that are refused anyway come here, so nothing is kept for the next. */
  private static void parse(
      @Nullable Map<String, String> names,
      @Nullable Map<String, AttributeValue> values,
      Consumer<ExpressionBinding> expressions) {
    try {
      ExpressionBinding binding = new ExpressionCompiler(1).bind(names, values);
      expressions.accept(binding);
      binding.checkAllUsed();
    } catch (ExpressionException wrong) {
      throw ApiException.validation(Objects.requireNonNullElse(wrong.getMessage(), ""));
    }
  }
}
