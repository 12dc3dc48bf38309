/**
 * Seeded random operations for DynamoDB, as typed trees and as request JSON.
 *
 * <p>The universe of keys, attributes and values is small, so that operations meet the same items
 * often. Everything random comes from a seed: the same seed gives the same operations, printed in
 * the same style. Called by {@code comparison}; builds on the types of {@code reference}.
 */
@NullMarked
package dev.partita.testing.generator;

import org.jspecify.annotations.NullMarked;
