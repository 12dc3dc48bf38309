/** Tests of the coordinator and the recovery over several groups in memory, step by step. */
@NullMarked
package dev.partita.engine.transaction;

import org.jspecify.annotations.NullMarked;
