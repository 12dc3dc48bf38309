package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** GetItem. */
public record GetItemRequest(
    String tableName,
    Item key,
    @Nullable List<String> attributesToGet,
    @Nullable Boolean consistentRead,
    @Nullable ReturnConsumedCapacity returnConsumedCapacity,
    @Nullable String projectionExpression,
    @Nullable Map<String, String> expressionAttributeNames)
    implements ApiRequest {}
