package dev.partita.model.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** BatchGetItem: keys by table. */
public record BatchGetItemRequest(
    Map<String, KeysAndAttributes> requestItems,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity)
    implements ApiRequest {}
