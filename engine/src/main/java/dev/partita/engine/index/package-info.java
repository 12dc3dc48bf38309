/**
 * What a secondary index is and how an item becomes a row of it: index keys, projections, records
 * of schemas. Local index rows are written by the partition together with the item; global index
 * rows are made from the change log. Called by {@code partition}, {@code globalindex}, {@code
 * metadata} and the operations.
 *
 * <p>Invariant: the row of an item depends on the item, the table's key and the index alone, so
 * that old and new row of a change can be made from its old and new image.
 */
@NullMarked
package dev.partita.engine.index;

import org.jspecify.annotations.NullMarked;
