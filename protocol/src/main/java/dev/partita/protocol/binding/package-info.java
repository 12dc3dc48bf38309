/**
 * From the members that were read to the typed requests of {@code dev.partita.model.api}. One
 * binding an operation; a binding names every member of its structures and either honours or
 * refuses it, and {@link dev.partita.protocol.binding.RequestBindings} does not start otherwise, so
 * that a member is never dropped silently. Bindings see requests that are within the constraints of
 * the model.
 */
@NullMarked
package dev.partita.protocol.binding;

import org.jspecify.annotations.NullMarked;
