package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One read of a TransactGetItems (the member Get). */
public record TransactGetItem(
    String tableName,
    Item key,
    @Nullable String projectionExpression,
    @Nullable Map<String, String> expressionAttributeNames) {}
