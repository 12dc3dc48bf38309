package dev.partita.model.partiql;

import org.jspecify.annotations.Nullable;

/**
 * What a SELECT reads.
 *
 * @param index null for the table itself
 */
public record TableSource(String table, @Nullable String index) {}
