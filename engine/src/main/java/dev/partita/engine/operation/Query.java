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

/** Query of a table or an index. */
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
    PageReader.Plan plan = plan(request, bound, table);
    reads.run(
        callback,
        () -> answer(request, plan.source(), pages.read(plan, limit(request, plan.source()))));
  }

  /** A table without sort key takes no ExclusiveStartKey in a query, so none may be given out. */
  private static PageLimit limit(QueryRequest request, ReadSource source) {
    boolean givesStartKey = source.index() != null || source.key().sortKey() != null;
    return new PageLimit(givesStartKey ? request.limit() : null);
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
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    ReadSource source = ReadSource.of(table, request.indexName(), consistent);
    KeySelection selection =
        RequestExpressions.checked(() -> bound.keyCondition.resolve(source.key()));
    Condition filter = bound.filter;
    if (filter != null) {
      RequestExpressions.check(() -> filter.checkNoKeys(source.key()));
    }
    Direction direction =
        Boolean.FALSE.equals(request.scanIndexForward()) ? Direction.BACKWARD : Direction.FORWARD;
    KeyRange range = source.range(selection);
    PageReader.Fetch fetch = ReadFields.fetch(source, request.select(), bound.projection, filter);
    Item start = request.exclusiveStartKey();
    if (start != null) {
      range = KeyRanges.beyondInQuery(source, range, start, direction);
    }
    return new PageReader.Plan(
        source,
        range,
        direction,
        filter,
        bound.projection,
        request.select() == Select.COUNT,
        fetch,
        consistent);
  }

  private static QueryResponse answer(
      QueryRequest request, ReadSource source, PageReader.Page page) {
    return new QueryResponse(
        page.items(),
        page.count(),
        page.scannedCount(),
        page.lastEvaluatedKey(),
        ConsumedCapacities.of(
            request.returnConsumedCapacity(),
            request.tableName(),
            ConsumedCapacities.Usage.ofPage(source, page)));
  }
}
