package dev.partita.protocol.validation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.Select;
import dev.partita.model.api.SemanticErrorPrefix;
import dev.partita.protocol.json.AttributeProblems;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ordered rules of Query and Scan. */
final class QueryChecks {
  /** AWS says these bare where it otherwise says that a starting key is invalid. */
  private static final List<String> BARE_IN_STARTING_KEY =
      List.of(
          "contains duplicates",
          "number set",
          "numeric value",
          "significant digits",
          "number with magnitude");

  private QueryChecks() {}

  static void check(QueryRequest query, AttributeProblems problems) {
    // With only one of the two ways to give a key condition, that one does not clash.
    boolean keyConditionsClash = query.keyConditionExpression() != null;
    ExpressionParameters expressions =
        new ExpressionParameters(query)
            .legacy("AttributesToGet", query.attributesToGet())
            .legacy("QueryFilter", query.queryFilter())
            .legacy("ConditionalOperator", query.conditionalOperator())
            .legacy("KeyConditions", keyConditionsClash ? query.keyConditions() : null)
            .projection(query.projectionExpression())
            .expression("FilterExpression", query.filterExpression())
            .expression("KeyConditionExpression", query.keyConditionExpression());
    expressions.checkTogether(query.expressionAttributeNames(), query.expressionAttributeValues());
    RequestChecks.checkOperator(query.conditionalOperator(), query.queryFilter());
    RequestChecks.checkValues(query, problems, "QueryFilter");
    RequestChecks.checkAttributesToGet(query.attributesToGet());
    checkStartingKey(problems);
    if (query.keyConditions() == null && query.keyConditionExpression() == null) {
      throw ApiException.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    expressions.checkContent(
        query.expressionAttributeNames(),
        query.expressionAttributeValues(),
        problems.firstIn("ExpressionAttributeValues"));
    RequestChecks.checkValues(query, problems, "KeyConditions");
    checkSelect(
        query,
        query.select(),
        query.attributesToGet(),
        query.projectionExpression(),
        query.indexName());
  }

  static void check(ScanRequest scan, AttributeProblems problems) {
    ExpressionParameters expressions =
        new ExpressionParameters(scan)
            .legacy("AttributesToGet", scan.attributesToGet())
            .legacy("ScanFilter", scan.scanFilter())
            .legacy("ConditionalOperator", scan.conditionalOperator())
            .projection(scan.projectionExpression())
            .expression("FilterExpression", scan.filterExpression());
    expressions.checkTogether(scan.expressionAttributeNames(), scan.expressionAttributeValues());
    RequestChecks.checkAttributesToGet(scan.attributesToGet());
    RequestChecks.checkOperator(scan.conditionalOperator(), scan.scanFilter());
    RequestChecks.checkValues(scan, problems, "ScanFilter");
    checkStartingKey(problems);
    checkSegments(scan);
    expressions.checkContent(
        scan.expressionAttributeNames(),
        scan.expressionAttributeValues(),
        problems.firstIn("ExpressionAttributeValues"));
    checkSelect(
        scan, scan.select(), scan.attributesToGet(), scan.projectionExpression(), scan.indexName());
  }

  private static void checkSegments(ScanRequest scan) {
    Integer segment = scan.segment();
    Integer total = scan.totalSegments();
    if (segment != null && total == null) {
      throw ApiException.validation(
          "The TotalSegments parameter is required but was not present in the request when Segment"
              + " parameter is present");
    }
    if (segment == null && total != null) {
      throw ApiException.validation(
          "The Segment parameter is required but was not present in the request when parameter"
              + " TotalSegments is present");
    }
    if (segment != null && total != null && segment >= total) {
      throw ApiException.validation(
          "The Segment parameter is zero-based and must be less than parameter TotalSegments:"
              + " Segment: "
              + segment
              + " is not less than TotalSegments: "
              + total);
    }
  }

  private static void checkStartingKey(AttributeProblems problems) {
    AttributeProblems.Problem problem = problems.firstIn("ExclusiveStartKey");
    if (problem != null) {
      boolean bare = BARE_IN_STARTING_KEY.stream().anyMatch(problem.message()::contains);
      throw ApiException.validation(
          bare ? problem.message() : "The provided starting key is invalid: " + problem.message());
    }
  }

  private static void checkSelect(
      ApiRequest request,
      @Nullable Select select,
      @Nullable List<String> attributesToGet,
      @Nullable String projection,
      @Nullable String indexName) {
    if (select == null) {
      return;
    }
    boolean specific = select == Select.SPECIFIC_ATTRIBUTES;
    if (specific && attributesToGet == null && projection == null) {
      throw SemanticErrorPrefix.selectError(
          request,
          "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
              + " SPECIFIC_ATTRIBUTES");
    }
    if (!specific && (attributesToGet != null || projection != null)) {
      throw SemanticErrorPrefix.selectError(
          request,
          "Cannot specify the "
              + (projection != null ? "ProjectionExpression" : "AttributesToGet")
              + " when choosing to get "
              + (select == Select.COUNT ? "only the Count" : select.name()));
    }
    if (select == Select.ALL_PROJECTED_ATTRIBUTES && indexName == null) {
      throw SemanticErrorPrefix.selectError(
          request, "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }
  }
}
