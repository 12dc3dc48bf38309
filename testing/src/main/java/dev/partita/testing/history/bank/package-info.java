/**
 * A bank: accounts with balances in several tables, transfers between them by TransactWriteItems,
 * and TransactGetItems that look at all accounts at once.
 *
 * <p>Whatever happens, a look at all accounts must find the same total, and no balance below zero.
 * {@link dev.partita.testing.history.bank.BankWorkload} records a history against endpoints, {@link
 * dev.partita.testing.history.bank.BankChecker} judges it. What is known of a transfer's outcome
 * counts: one that was acknowledged is seen from then on, and once.
 */
@NullMarked
package dev.partita.testing.history.bank;

import org.jspecify.annotations.NullMarked;
