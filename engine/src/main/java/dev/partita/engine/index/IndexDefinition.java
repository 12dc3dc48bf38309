package dev.partita.engine.index;

import dev.partita.model.KeySchema;

/**
 * A secondary index as whoever makes its rows needs it.
 *
 * @param number of a local index its place, 1 to 5, never used again; of a global index the table
 *     id of its rows
 * @param key of a local index the table's partition key and the index's sort key
 */
public record IndexDefinition(
    String name, int number, KeySchema key, ProjectedAttributes projection) {}
