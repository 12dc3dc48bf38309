package dev.partita.model.api;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One action of a TransactWriteItems. */
public sealed interface TransactWriteItem {

  /** The table of the item. */
  String tableName();

  /** What must hold; null if nothing. */
  @Nullable String conditionExpression();

  /** Placeholders of names in the expressions. */
  @Nullable Map<String, String> expressionAttributeNames();

  /** Placeholders of values in the expressions. */
  @Nullable Map<String, AttributeValue> expressionAttributeValues();

  /** Whether the reason of a cancellation holds the item whose condition failed. */
  @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure();

  /** Puts a whole item. */
  record Put(
      String tableName,
      Item item,
      @Nullable String conditionExpression,
      @Nullable Map<String, String> expressionAttributeNames,
      @Nullable Map<String, AttributeValue> expressionAttributeValues,
      @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure)
      implements TransactWriteItem {}

  /** Updates the item with this key, or makes it. */
  record Update(
      String tableName,
      Item key,
      String updateExpression,
      @Nullable String conditionExpression,
      @Nullable Map<String, String> expressionAttributeNames,
      @Nullable Map<String, AttributeValue> expressionAttributeValues,
      @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure)
      implements TransactWriteItem {}

  /** Deletes the item with this key. */
  record Delete(
      String tableName,
      Item key,
      @Nullable String conditionExpression,
      @Nullable Map<String, String> expressionAttributeNames,
      @Nullable Map<String, AttributeValue> expressionAttributeValues,
      @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure)
      implements TransactWriteItem {}

  /** Changes nothing: only the condition counts. */
  record ConditionCheck(
      String tableName,
      Item key,
      String conditionExpression,
      @Nullable Map<String, String> expressionAttributeNames,
      @Nullable Map<String, AttributeValue> expressionAttributeValues,
      @Nullable ReturnValuesOnConditionCheckFailure returnValuesOnConditionCheckFailure)
      implements TransactWriteItem {}
}
