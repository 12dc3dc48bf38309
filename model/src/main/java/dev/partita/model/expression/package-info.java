/**
 * DynamoDB's expressions and their legacy forms: parsed once, bound to one request's placeholders,
 * evaluated on the old item. The engine calls {@link
 * dev.partita.model.expression.ExpressionCompiler} and the Legacy classes while it plans a request,
 * and the bound objects on the group's writer or a reader.
 *
 * <p>Invariants: every fault of the request is an {@link
 * dev.partita.model.expression.ExpressionException} with AWS's text; no expression, however
 * hostile, overflows the stack, because its depth is bounded when parsed; bound objects are
 * immutable and safe to share.
 */
@NullMarked
package dev.partita.model.expression;

import org.jspecify.annotations.NullMarked;
