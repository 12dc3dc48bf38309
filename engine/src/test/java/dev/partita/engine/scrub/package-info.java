/** Tests of the scrubber. */
@NullMarked
package dev.partita.engine.scrub;

import org.jspecify.annotations.NullMarked;
