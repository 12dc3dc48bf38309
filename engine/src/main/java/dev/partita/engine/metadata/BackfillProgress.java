package dev.partita.engine.metadata;

import org.jspecify.annotations.Nullable;

/**
 * How far the items that are older than an index, or than time to live, are done.
 *
 * @param indexName null if items are marked with the time at which they expire
 * @param itemsDone items whose rows or marks are on their way
 * @param itemsTotal how many there are, counted when the work began or was taken up again
 */
public record BackfillProgress(
    String tableName, @Nullable String indexName, long itemsDone, long itemsTotal) {}
