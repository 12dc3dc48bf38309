package dev.partita.protocol.validation;

import dev.partita.base.Invariant;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.BatchExecuteStatementRequest;
import dev.partita.model.api.BatchGetItemRequest;
import dev.partita.model.api.BatchWriteItemRequest;
import dev.partita.model.api.ConditionalOperator;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.DeleteItemRequest;
import dev.partita.model.api.DeleteTableRequest;
import dev.partita.model.api.DescribeContinuousBackupsRequest;
import dev.partita.model.api.DescribeEndpointsRequest;
import dev.partita.model.api.DescribeLimitsRequest;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.DescribeTableRequest;
import dev.partita.model.api.DescribeTimeToLiveRequest;
import dev.partita.model.api.ExecuteStatementRequest;
import dev.partita.model.api.ExecuteTransactionRequest;
import dev.partita.model.api.GetItemRequest;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.KeysAndAttributes;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ListTablesRequest;
import dev.partita.model.api.ListTagsOfResourceRequest;
import dev.partita.model.api.PutItemRequest;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.ReturnValue;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.SemanticErrorPrefix;
import dev.partita.model.api.TagResourceRequest;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactWriteItemsRequest;
import dev.partita.model.api.UntagResourceRequest;
import dev.partita.model.api.UpdateItemRequest;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.UpdateTimeToLiveRequest;
import dev.partita.model.api.WriteRequest;
import dev.partita.protocol.binding.TableNames;
import dev.partita.protocol.json.AttributeNames;
import dev.partita.protocol.json.AttributeProblems;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a request that need no table, beyond the constraints of the model: one ordered list
 * an operation. The first that is broken ends the check.
 */
public final class RequestChecks {
  private static final int BATCH_GET_KEYS_MAX = 100;
  private static final int BATCH_WRITES_MAX = 25;
  private static final String INVALID = "One or more parameter values were invalid: ";

  private RequestChecks() {}

  /**
   * The request that may go to the database: {@code request} itself, or a batch of statements where
   * those with bad parameters are told.
   *
   * @param names the names of its tables as they were sent
   * @param problems what is wrong with its attribute values
   * @throws ApiException a ValidationException in AWS's words
   */
  public static ApiRequest check(ApiRequest request, TableNames names, AttributeProblems problems) {
    checkRules(request, names, problems);
    if (request instanceof BatchExecuteStatementRequest batch) {
      return StatementChecks.withProblems(batch, problems);
    }
    Invariant.check(problems.isEmpty(), "A bad attribute value was not reported");
    return request;
  }

  private static void checkRules(ApiRequest request, TableNames names, AttributeProblems problems) {
    switch (request) {
      case PutItemRequest put -> checkPut(put, problems);
      case GetItemRequest get -> checkGet(get, problems);
      case UpdateItemRequest update -> checkUpdate(update, problems);
      case DeleteItemRequest delete -> checkDelete(delete, problems);
      case QueryRequest query -> QueryChecks.check(query, problems);
      case ScanRequest scan -> QueryChecks.check(scan, problems);
      case BatchGetItemRequest batch -> checkBatchGet(batch, names, problems);
      case BatchWriteItemRequest batch -> checkBatchWrite(batch, problems);
      case TagResourceRequest tag -> checkSome(tag.tags(), "Tag");
      case UntagResourceRequest untag -> checkSome(untag.tagKeys(), "Tag Key");
      case CreateTableRequest ignored -> {}
      case UpdateTableRequest ignored -> {}
      case DescribeTableRequest ignored -> {}
      case DeleteTableRequest ignored -> {}
      case ListTablesRequest ignored -> {}
      case ListTagsOfResourceRequest ignored -> {}
      case DescribeLimitsRequest ignored -> {}
      case DescribeEndpointsRequest ignored -> {}
      case DescribeTimeToLiveRequest ignored -> {}
      case DescribeContinuousBackupsRequest ignored -> {}
      case UpdateTimeToLiveRequest ignored -> {}
      case TransactWriteItemsRequest writes -> TransactionChecks.check(writes, problems);
      case TransactGetItemsRequest reads -> TransactionChecks.check(reads, problems);
      case ExecuteStatementRequest ignored -> StatementChecks.check(problems.firstIn("Parameters"));
      case BatchExecuteStatementRequest ignored -> {}
      case ExecuteTransactionRequest ignored ->
          StatementChecks.check(problems.firstIn("TransactStatements"));
      case ListStreamsRequest ignored -> {}
      case DescribeStreamRequest ignored -> {}
      case GetShardIteratorRequest iterator -> StreamChecks.check(iterator);
      case GetRecordsRequest ignored -> {}
    }
  }

  private static void checkPut(PutItemRequest put, AttributeProblems problems) {
    ExpressionParameters expressions =
        new ExpressionParameters(put)
            .legacy("Expected", put.expected())
            .legacy("ConditionalOperator", put.conditionalOperator())
            .expression("ConditionExpression", put.conditionExpression());
    expressions.checkTogether(put.expressionAttributeNames(), put.expressionAttributeValues());
    checkValues(put, problems, "Item");
    checkOldOrNone(put, put.returnValues());
    checkExpected(put, problems, put.expected(), put.conditionalOperator());
    expressions.checkContent(
        put.expressionAttributeNames(),
        put.expressionAttributeValues(),
        problems.firstIn("ExpressionAttributeValues"));
  }

  private static void checkDelete(DeleteItemRequest delete, AttributeProblems problems) {
    ExpressionParameters expressions =
        new ExpressionParameters(delete)
            .legacy("Expected", delete.expected())
            .legacy("ConditionalOperator", delete.conditionalOperator())
            .expression("ConditionExpression", delete.conditionExpression());
    expressions.checkTogether(
        delete.expressionAttributeNames(), delete.expressionAttributeValues());
    checkValues(delete, problems, "Key");
    checkOldOrNone(delete, delete.returnValues());
    checkExpected(delete, problems, delete.expected(), delete.conditionalOperator());
    expressions.checkContent(
        delete.expressionAttributeNames(),
        delete.expressionAttributeValues(),
        problems.firstIn("ExpressionAttributeValues"));
  }

  private static void checkUpdate(UpdateItemRequest update, AttributeProblems problems) {
    ExpressionParameters expressions =
        new ExpressionParameters(update)
            .legacy("AttributeUpdates", update.attributeUpdates())
            .legacy("Expected", update.expected())
            .legacy("ConditionalOperator", update.conditionalOperator())
            .expression("UpdateExpression", update.updateExpression())
            .expression("ConditionExpression", update.conditionExpression());
    expressions.checkTogether(
        update.expressionAttributeNames(), update.expressionAttributeValues());
    checkValues(update, problems, "Key");
    checkValues(update, problems, "AttributeUpdates");
    checkExpected(update, problems, update.expected(), update.conditionalOperator());
    expressions.checkContent(
        update.expressionAttributeNames(),
        update.expressionAttributeValues(),
        problems.firstIn("ExpressionAttributeValues"));
  }

  private static void checkGet(GetItemRequest get, AttributeProblems problems) {
    ExpressionParameters expressions =
        new ExpressionParameters(get)
            .legacy("AttributesToGet", get.attributesToGet())
            .projection(get.projectionExpression());
    expressions.checkTogether(get.expressionAttributeNames(), null);
    checkValues(get, problems, "Key");
    checkAttributesToGet(get.attributesToGet());
    expressions.checkContent(get.expressionAttributeNames(), null, null);
  }

  private static void checkBatchGet(
      BatchGetItemRequest batch, TableNames names, AttributeProblems problems) {
    boolean legacy = false;
    boolean projected = false;
    int keys = 0;
    for (Map.Entry<String, KeysAndAttributes> entry : batch.requestItems().entrySet()) {
      KeysAndAttributes table = entry.getValue();
      legacy |= table.attributesToGet() != null;
      projected |= table.projectionExpression() != null;
      ExpressionParameters expressions =
          new ExpressionParameters(batch)
              .legacy("AttributesToGet", legacy ? true : null)
              .projection(projected ? "-" : null);
      expressions.checkTogether(null, null);
      checkTable(batch, table);
      AttributeProblems.Problem problem =
          problems.find("RequestItems", names.asSent(entry.getKey()));
      if (problem != null) {
        throw ApiException.validation(problem.message());
      }
      checkDuplicates(table.keys());
      keys += table.keys().size();
      if (keys > BATCH_GET_KEYS_MAX) {
        throw ApiException.validation("Too many items requested for the BatchGetItem call");
      }
    }
  }

  private static void checkTable(BatchGetItemRequest batch, KeysAndAttributes table) {
    ExpressionParameters expressions =
        new ExpressionParameters(batch).projection(table.projectionExpression());
    expressions.checkTogether(table.expressionAttributeNames(), null);
    checkAttributesToGet(table.attributesToGet());
    expressions.checkContent(table.expressionAttributeNames(), null, null);
  }

  private static void checkDuplicates(List<Item> keys) {
    Set<Item> seen = new HashSet<>();
    for (Item key : keys) {
      if (!seen.add(key)) {
        throw ApiException.validation("Provided list of item keys contains duplicates");
      }
    }
  }

  private static void checkBatchWrite(BatchWriteItemRequest batch, AttributeProblems problems) {
    checkValues(batch, problems, "RequestItems");
    int writes = 0;
    for (List<WriteRequest> table : batch.requestItems().values()) {
      writes += table.size();
    }
    if (writes > BATCH_WRITES_MAX) {
      throw ApiException.validation("Too many items requested for the BatchWriteItem call");
    }
  }

  private static void checkSome(List<?> elements, String name) {
    if (elements.isEmpty()) {
      // AWS's own spelling.
      throw ApiException.validation("Atleast one " + name + " needs to be provided as Input.");
    }
  }

  private static void checkOldOrNone(ApiRequest request, @Nullable ReturnValue returnValues) {
    if (returnValues != null
        && returnValues != ReturnValue.NONE
        && returnValues != ReturnValue.ALL_OLD) {
      throw SemanticErrorPrefix.error(request, "ReturnValues can only be ALL_OLD or NONE");
    }
  }

  private static void checkExpected(
      ApiRequest request,
      AttributeProblems problems,
      @Nullable Map<String, ?> expected,
      @Nullable ConditionalOperator operator) {
    checkOperator(operator, expected);
    checkValues(request, problems, "Expected");
  }

  /** An operator needs conditions to join. */
  static void checkOperator(
      @Nullable ConditionalOperator operator, @Nullable Map<String, ?> conditions) {
    if (operator != null && (conditions == null || conditions.isEmpty())) {
      throw ApiException.validation(
          INVALID + "ConditionalOperator cannot be used without Filter or Expected");
    }
  }

  /** Reports the first bad attribute value in the request's member {@code name}. */
  static void checkValues(ApiRequest request, AttributeProblems problems, String name) {
    if (problems.isEmpty()) {
      return;
    }
    AttributeProblems.Problem problem = problems.firstIn(name);
    if (problem != null) {
      throw problem.prefixed()
          ? SemanticErrorPrefix.error(request, problem.message())
          : ApiException.validation(problem.message());
    }
  }

  static void checkAttributesToGet(@Nullable List<String> attributes) {
    if (attributes == null) {
      return;
    }
    Set<String> seen = new HashSet<>();
    for (String attribute : attributes) {
      String problem = AttributeNames.problem(attribute);
      if (!problem.isEmpty()) {
        throw ApiException.validation(problem);
      }
      if (!seen.add(attribute)) {
        throw ApiException.validation(INVALID + "Duplicate value in attribute name: " + attribute);
      }
    }
  }
}
