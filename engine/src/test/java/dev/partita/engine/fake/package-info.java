/** Clock and scheduler that a test drives by hand. */
@NullMarked
package dev.partita.engine.fake;

import org.jspecify.annotations.NullMarked;
