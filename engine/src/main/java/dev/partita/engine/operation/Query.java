package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.QueryRequest;
import dev.partita.model.api.QueryResponse;
import dev.partita.model.api.Select;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionBinding;
import dev.partita.model.expression.KeyCondition;
import dev.partita.model.expression.KeySelection;
import dev.partita.model.expression.LegacyConditions;
import dev.partita.model.expression.Projection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import org.jspecify.annotations.Nullable;

/** Query of a table. */
final class Query {
  private final RequestExpressions expressions;
  private final RequestRouter router;
  private final ReadRunner reads;
  private final PageReader pages;

  Query(RequestExpressions expressions, RequestRouter router, ReadRunner reads, PageReader pages) {
    this.expressions = expressions;
    this.router = router;
    this.reads = reads;
    this.pages = pages;
  }

  private record Bound(
      KeyCondition keyCondition, @Nullable Condition filter, Projection projection) {}

  void execute(QueryRequest request, ApiCallback callback) {
    Bound bound =
        expressions.bind(
            request,
            request.expressionAttributeNames(),
            request.expressionAttributeValues(),
            binding -> bind(binding, request));
    TableDescriptor table = ItemWriter.servingTable(router, request.tableName());
    if (request.indexName() != null) {
      throw ApiException.validation(
          "The table does not have the specified index: " + request.indexName());
    }
    PageReader.Plan plan = plan(request, bound, table);
    reads.run(callback, () -> answer(request, pages.read(plan)));
  }

  private static Bound bind(ExpressionBinding binding, QueryRequest request) {
    KeyCondition keyCondition;
    if (request.keyConditionExpression() != null) {
      keyCondition = binding.keyCondition(request.keyConditionExpression());
    } else if (request.keyConditions() != null) {
      keyCondition = LegacyConditions.keyConditions(request.keyConditions());
    } else {
      throw ApiException.validation(
          "Either the KeyConditions or KeyConditionExpression parameter must be specified in the"
              + " request.");
    }
    Condition filter =
        RequestExpressions.filter(
            binding,
            request.filterExpression(),
            request.queryFilter(),
            request.conditionalOperator());
    return new Bound(
        keyCondition,
        filter,
        RequestExpressions.projection(
            binding, request.projectionExpression(), request.attributesToGet()));
  }

  private static PageReader.Plan plan(QueryRequest request, Bound bound, TableDescriptor table) {
    KeySelection selection =
        RequestExpressions.checked(() -> bound.keyCondition.resolve(table.keySchema()));
    Condition filter = bound.filter;
    if (filter != null) {
      RequestExpressions.check(() -> filter.checkNoKeys(table.keySchema()));
    }
    Direction direction =
        Boolean.FALSE.equals(request.scanIndexForward()) ? Direction.BACKWARD : Direction.FORWARD;
    KeyRange range = KeyRanges.of(table, selection);
    Item start = request.exclusiveStartKey();
    if (start != null) {
      range = KeyRanges.beyondInQuery(table, range, start, direction);
    }
    // A table without sort key takes no ExclusiveStartKey in a query, so none may be given out.
    Integer limit = table.keySchema().sortKey() == null ? null : request.limit();
    return new PageReader.Plan(
        table,
        range,
        direction,
        limit,
        filter,
        bound.projection,
        request.select() == Select.COUNT,
        Boolean.TRUE.equals(request.consistentRead()));
  }

  private static QueryResponse answer(QueryRequest request, PageReader.Page page) {
    return new QueryResponse(
        page.items(),
        page.count(),
        page.scannedCount(),
        page.lastEvaluatedKey(),
        ConsumedCapacities.of(
            request.returnConsumedCapacity(), request.tableName(), page.capacityUnits()));
  }
}
