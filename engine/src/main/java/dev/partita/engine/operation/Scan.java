package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.ScanResponse;
import dev.partita.model.api.Select;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionBinding;
import dev.partita.model.expression.Projection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import org.jspecify.annotations.Nullable;

/** Scan of a table or of one of its segments. */
final class Scan {
  private final RequestExpressions expressions;
  private final RequestRouter router;
  private final ReadRunner reads;
  private final PageReader pages;

  Scan(RequestExpressions expressions, RequestRouter router, ReadRunner reads, PageReader pages) {
    this.expressions = expressions;
    this.router = router;
    this.reads = reads;
    this.pages = pages;
  }

  private record Bound(@Nullable Condition filter, Projection projection) {}

  void execute(ScanRequest request, ApiCallback callback) {
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

  private static Bound bind(ExpressionBinding binding, ScanRequest request) {
    Condition filter =
        RequestExpressions.filter(
            binding,
            request.filterExpression(),
            request.scanFilter(),
            request.conditionalOperator());
    return new Bound(
        filter,
        RequestExpressions.projection(
            binding, request.projectionExpression(), request.attributesToGet()));
  }

  private static PageReader.Plan plan(ScanRequest request, Bound bound, TableDescriptor table) {
    KeyRange range =
        KeyRanges.segment(
            table,
            request.segment() == null ? 0 : request.segment(),
            request.totalSegments() == null ? 1 : request.totalSegments());
    Item start = request.exclusiveStartKey();
    if (start != null) {
      range = KeyRanges.beyondInScan(table, range, start);
    }
    return new PageReader.Plan(
        table,
        range,
        Direction.FORWARD,
        request.limit(),
        bound.filter,
        bound.projection,
        request.select() == Select.COUNT,
        Boolean.TRUE.equals(request.consistentRead()));
  }

  private static ScanResponse answer(ScanRequest request, PageReader.Page page) {
    return new ScanResponse(
        page.items(),
        page.count(),
        page.scannedCount(),
        page.lastEvaluatedKey(),
        ConsumedCapacities.of(
            request.returnConsumedCapacity(), request.tableName(), page.capacityUnits()));
  }
}
