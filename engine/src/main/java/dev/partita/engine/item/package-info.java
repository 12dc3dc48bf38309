/**
 * Items on their way to and from a partition: checks of keys and sizes in AWS's words, storage
 * keys. Used by the operations.
 */
@NullMarked
package dev.partita.engine.item;

import org.jspecify.annotations.NullMarked;
