/**
 * The API model at run time: the operations and the shapes of their requests with every constraint,
 * loaded from the text that the build reduces from the official model and its overlay. Immutable
 * after {@link dev.partita.protocol.shape.ApiModel#load}; readers and checks are directed by it.
 */
@NullMarked
package dev.partita.protocol.shape;

import org.jspecify.annotations.NullMarked;
