/** Tests of streams and of the upkeep of change logs over stores in memory. */
@NullMarked
package dev.partita.engine.stream;

import org.jspecify.annotations.NullMarked;
