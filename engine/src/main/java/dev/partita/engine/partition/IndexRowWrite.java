package dev.partita.engine.partition;

import dev.partita.model.Item;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one row of a global index.
 *
 * @param sequence of the change that it comes from
 * @param key of the row
 * @param row null if the row is deleted
 */
public record IndexRowWrite(long sequence, byte[] key, @Nullable Item row) {}
