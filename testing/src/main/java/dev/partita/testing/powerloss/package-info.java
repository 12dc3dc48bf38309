/**
 * What a disk may hold after power loss: a C library, loaded into the process under test, journals
 * what it does to its files; from the journal any number of possible disks are built.
 *
 * <p>Used by tests that start a process, such as a server, and then look at its data. Linux only.
 * {@link dev.partita.testing.powerloss.PowerLoss} says how. Invariant: a disk that is built holds
 * everything that was forced, and nothing that was never written.
 */
@NullMarked
package dev.partita.testing.powerloss;

import org.jspecify.annotations.NullMarked;
