package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ScanRequest;
import dev.partita.model.api.ScanResponse;
import dev.partita.model.api.Select;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.ExpressionBinding;
import dev.partita.model.expression.Projection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import org.jspecify.annotations.Nullable;

/** Scan of a table or an index, or of one of its segments. */
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
    PageReader.Plan plan = plan(request, bound, table);
    PageLimit limit = new PageLimit(request.limit());
    reads.run(callback, () -> answer(request, plan.source(), pages.read(plan, limit)));
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
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    ReadSource source = ReadSource.of(table, request.indexName(), consistent);
    KeyRange range =
        source.segment(
            request.segment() == null ? 0 : request.segment(),
            request.totalSegments() == null ? 1 : request.totalSegments());
    PageReader.Fetch fetch =
        ReadFields.fetch(source, request.select(), bound.projection, bound.filter);
    Item start = request.exclusiveStartKey();
    if (start != null) {
      range = KeyRanges.beyondInScan(source, range, start);
    }
    return new PageReader.Plan(
        source,
        range,
        Direction.FORWARD,
        bound.filter,
        bound.projection,
        request.select() == Select.COUNT,
        fetch,
        consistent);
  }

  private static ScanResponse answer(ScanRequest request, ReadSource source, PageReader.Page page) {
    return new ScanResponse(
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
