package dev.partita.model.api;

import dev.partita.model.Item;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys to read from one table, and what to return of each item. */
public record KeysAndAttributes(
    List<Item> keys,
    @Nullable List<String> attributesToGet,
    @Nullable Boolean consistentRead,
    @Nullable String projectionExpression,
    @Nullable Map<String, String> expressionAttributeNames) {}
