/**
 * Transactions over several items: the coordinator, which leads one through its phases, and the
 * recovery, which finishes those whose coordinator is gone. Operations hand a planned transaction
 * to {@link dev.partita.engine.transaction.TransactionCoordinator}; what happens in a group is in
 * {@code engine.partition}. Why it is built so: docs/adr/0007-transactions.md.
 *
 * <p>Invariants: nothing here blocks; a transaction is answered as committed only when all groups
 * show it; what is committed is decided in its ledger group and nowhere else.
 */
@NullMarked
package dev.partita.engine.transaction;

import org.jspecify.annotations.NullMarked;
