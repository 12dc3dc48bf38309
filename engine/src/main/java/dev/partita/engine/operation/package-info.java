/**
 * One class per operation of the API: semantic checks in AWS's order and words, a plan, the call of
 * the router or the control plane, and the answer. {@link dev.partita.engine.operation.Engine}
 * picks the class. Called through {@link dev.partita.model.api.Database}.
 */
@NullMarked
package dev.partita.engine.operation;

import org.jspecify.annotations.NullMarked;
