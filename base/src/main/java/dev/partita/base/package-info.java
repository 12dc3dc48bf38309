/**
 * What every other module stands on: time, byte strings, and the check of invariants. Depends on
 * nothing but the JDK.
 */
@NullMarked
package dev.partita.base;

import org.jspecify.annotations.NullMarked;
