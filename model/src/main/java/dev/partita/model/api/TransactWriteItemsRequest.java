package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** TransactWriteItems: 1 to 100 actions, all or none. */
public record TransactWriteItemsRequest(
    List<TransactWriteItem> transactItems,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable ReturnItemCollectionMetrics returnItemCollectionMetrics,
    @Nullable String clientRequestToken)
    implements ApiRequest {}
