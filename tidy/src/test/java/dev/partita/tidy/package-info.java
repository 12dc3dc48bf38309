/** Checks of the whole code base; run by every build. */
@NullMarked
package dev.partita.tidy;

import org.jspecify.annotations.NullMarked;
