/**
 * A small in-memory model of DynamoDB: what every operation must answer.
 *
 * <p>It is written to be obviously right, not fast, and it shares no class with the product. It has
 * no parser: operations arrive as typed trees ({@link dev.partita.testing.reference.Operation}),
 * which the package {@code generator} also prints as request JSON for a server over HTTP. Callers
 * are {@code comparison} and the tests.
 *
 * <p>Invariants: a model is used by one thread; a refused operation changes nothing; where AWS's
 * behaviour is not known for certain, the model says so with {@link
 * dev.partita.testing.reference.UndecidedException} before it has changed anything, and the
 * operation is left out of the comparison.
 */
@NullMarked
package dev.partita.testing.reference;

import org.jspecify.annotations.NullMarked;
