/** Tests of the metadata service over stores and logs in memory. */
@NullMarked
package dev.partita.engine.metadata;

import org.jspecify.annotations.NullMarked;
