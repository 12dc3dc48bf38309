package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** UpdateItem. Attributes are as ReturnValues asked, null when there are none. */
public record UpdateItemResponse(
    @Nullable Item attributes,
    @Nullable ConsumedCapacity consumedCapacity,
    @Nullable ItemCollectionMetrics itemCollectionMetrics)
    implements ApiResponse {

  /** An answer without the size of the item collection. */
  public UpdateItemResponse(
      @Nullable Item attributes, @Nullable ConsumedCapacity consumedCapacity) {
    this(attributes, consumedCapacity, null);
  }
}
