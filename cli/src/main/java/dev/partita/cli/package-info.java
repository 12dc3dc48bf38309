/**
 * The {@code partita} command. {@link dev.partita.cli.PartitaCommand} is the program's entry; each
 * subcommand only reads its options and calls the module that does the work.
 *
 * <p>Invariants: what the user did wrong is said in whole lines on stderr without a stack trace;
 * exit codes are 0 for success, 1 for a failure while working, 2 for wrong options.
 */
@NullMarked
package dev.partita.cli;

import org.jspecify.annotations.NullMarked;
