/** Tests of clocks. */
@NullMarked
package dev.partita.base;

import org.jspecify.annotations.NullMarked;
