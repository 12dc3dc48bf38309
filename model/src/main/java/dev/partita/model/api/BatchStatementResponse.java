package dev.partita.model.api;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/** The answer to one statement of a batch: an error, or the item that it read, if any. */
public record BatchStatementResponse(
    @Nullable BatchStatementError error, @Nullable String tableName, @Nullable Item item) {}
