package dev.partita.model.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** BatchWriteItem. Metrics are by table. */
public record BatchWriteItemResponse(
    Map<String, List<WriteRequest>> unprocessedItems,
    @Nullable List<ConsumedCapacity> consumedCapacity,
    @Nullable Map<String, List<ItemCollectionMetrics>> itemCollectionMetrics)
    implements ApiResponse {

  /** An answer without the sizes of item collections. */
  public BatchWriteItemResponse(
      Map<String, List<WriteRequest>> unprocessedItems,
      @Nullable List<ConsumedCapacity> consumedCapacity) {
    this(unprocessedItems, consumedCapacity, null);
  }
}
