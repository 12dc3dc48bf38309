/**
 * Consumes a table's stream over HTTP and delivers its records in batches, as AWS Lambda's event
 * source mapping for DynamoDB streams does: to an HTTP endpoint, to a command, or to Java code.
 * {@link dev.partita.triggers.TriggerConsumer} is the entry; the module cli calls it for {@code
 * partita triggers}, programs may call it themselves. Any endpoint that speaks the Streams API will
 * do: nothing of the server is known here.
 *
 * <p>Invariants:
 *
 * <ul>
 *   <li>At least once: the checkpoint moves past a record only after the record was delivered, or
 *       was written to the dead-letter file and forced to disk.
 *   <li>In order per item: the records of a shard are delivered one batch at a time, and a shard
 *       only after its parent is finished.
 *   <li>Bounded memory: all shards together hold records within one budget.
 * </ul>
 */
@NullMarked
package dev.partita.triggers;

import org.jspecify.annotations.NullMarked;
