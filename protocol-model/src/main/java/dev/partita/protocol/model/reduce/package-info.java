/**
 * Reduces DynamoDB's API model at build time. {@link dev.partita.protocol.model.reduce.ReduceModel}
 * reads the Smithy model, keeps the shapes that requests are made of, applies the overlay (every
 * difference between AWS and its own model) and writes a small text that the protocol loads at
 * start. A second overlay adds the operations of DynamoDB Streams, which that model does not have.
 * Nothing of this package is shipped.
 *
 * <p>An overlay line that no longer fits the model fails the build, so a new model is never
 * misread.
 */
@NullMarked
package dev.partita.protocol.model.reduce;

import org.jspecify.annotations.NullMarked;
