package dev.partita.testing.generator;

import dev.partita.testing.reference.Operation;

/**
 * An operation and the seed of the style in which its request is written.
 *
 * @param operation what is asked
 * @param style decides placeholders, spaces, parentheses, letter case and spelling of numbers
 */
public record GeneratedOperation(Operation operation, long style) {}
