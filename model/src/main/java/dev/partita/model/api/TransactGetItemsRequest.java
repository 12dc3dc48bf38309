package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** TransactGetItems: 1 to 100 reads at one moment. */
public record TransactGetItemsRequest(
    List<TransactGetItem> transactItems, @Nullable ReturnConsumedCapacity returnConsumedCapacity)
    implements ApiRequest {}
