/**
 * DynamoDB's API as Java types: requests, responses and errors. A request's fields are null where
 * the client left the member out. Protocols make requests, the engine answers them.
 *
 * <p>Source: the API model {@code software.amazon.api.models:dynamodb}.
 */
@NullMarked
package dev.partita.model.api;

import org.jspecify.annotations.NullMarked;
