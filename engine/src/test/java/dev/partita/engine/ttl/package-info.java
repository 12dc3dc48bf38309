/** Tests of time to live over stores in memory. */
@NullMarked
package dev.partita.engine.ttl;

import org.jspecify.annotations.NullMarked;
