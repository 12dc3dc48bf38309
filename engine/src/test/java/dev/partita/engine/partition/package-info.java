/** Tests of the writer over a store and a log in memory. */
@NullMarked
package dev.partita.engine.partition;

import org.jspecify.annotations.NullMarked;
