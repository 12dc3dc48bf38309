/**
 * Everything that can be wrong with a request before a table is looked at, in AWS's order and
 * words: first the constraints of the API model, which are collected ({@link
 * dev.partita.protocol.validation.ConstraintChecker}), then the rules between a request's members
 * and its attribute values, which end at the first ({@link
 * dev.partita.protocol.validation.RequestChecks}). Expressions are parsed by the engine.
 */
@NullMarked
package dev.partita.protocol.validation;

import org.jspecify.annotations.NullMarked;
