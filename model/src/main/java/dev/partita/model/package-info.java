/**
 * DynamoDB's data: attribute values, items, keys and their sizes. Pure values without I/O; every
 * other package of the product speaks in them.
 */
@NullMarked
package dev.partita.model;

import org.jspecify.annotations.NullMarked;
