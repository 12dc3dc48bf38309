package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.CapacityUnits;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.GetItemRequest;
import dev.partita.model.api.GetItemResponse;
import dev.partita.model.expression.Projection;
import org.jspecify.annotations.Nullable;

/** GetItem. */
final class GetItem {
  private final RequestExpressions expressions;
  private final RequestRouter router;
  private final OneItemReader reader;

  GetItem(RequestExpressions expressions, RequestRouter router, OneItemReader reader) {
    this.expressions = expressions;
    this.router = router;
    this.reader = reader;
  }

  void execute(GetItemRequest request, ApiCallback callback) {
    Projection projection =
        expressions.bind(
            request,
            request.expressionAttributeNames(),
            null,
            binding ->
                RequestExpressions.projection(
                    binding, request.projectionExpression(), request.attributesToGet()));
    TableDescriptor table = ItemWriter.servingTable(router, request.tableName());
    byte[] key = ItemKeys.ofKey(table, request.key());
    reader.read(
        table,
        key,
        Boolean.TRUE.equals(request.consistentRead()),
        found -> answer(request, projection, found),
        callback);
  }

  private static GetItemResponse answer(
      GetItemRequest request, Projection projection, @Nullable StoredItem found) {
    boolean consistent = Boolean.TRUE.equals(request.consistentRead());
    double units = CapacityUnits.read(ItemWriter.sizeOf(found), consistent);
    return new GetItemResponse(
        found == null ? null : projection.isAll() ? found.item() : projection.project(found.item()),
        ConsumedCapacities.of(request.returnConsumedCapacity(), request.tableName(), units));
  }
}
