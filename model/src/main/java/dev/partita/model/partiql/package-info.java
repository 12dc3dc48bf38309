/**
 * DynamoDB's PartiQL: statements parsed once, and bound to one request's parameters as what the
 * operations work with: conditions, projections, updates, items. The engine calls {@link
 * dev.partita.model.partiql.StatementCompiler} and carries out what it gets.
 *
 * <p>A text goes through three steps. {@link dev.partita.model.partiql.SqlLexer} makes tokens,
 * {@link dev.partita.model.partiql.StatementParser} and {@link
 * dev.partita.model.partiql.ExpressionParser} make a tree by PartiQL's general grammar, in which a
 * statement is an expression, and {@link dev.partita.model.partiql.StatementTranslator} takes from
 * it what DynamoDB knows. So a fault is worded as on AWS: those of the grammar within "Statement
 * wasn't well formed, can't be processed: ...", those of the translation alone.
 *
 * <p>Invariants: every fault of the request is an {@link
 * dev.partita.model.expression.ExpressionException}; no statement, however hostile, overflows the
 * stack, because its depth and its operators are counted when parsed; statements are immutable and
 * safe to share.
 */
@NullMarked
package dev.partita.model.partiql;

import org.jspecify.annotations.NullMarked;
