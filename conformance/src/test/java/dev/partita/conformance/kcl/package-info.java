/**
 * The Kinesis Client Library with the DynamoDB Streams adapter, as programs use it: its workers are
 * processes of their own that keep their leases in Partita too.
 */
@NullMarked
package dev.partita.conformance.kcl;

import org.jspecify.annotations.NullMarked;
