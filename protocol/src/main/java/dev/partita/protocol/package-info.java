/**
 * DynamoDB's JSON 1.0 protocol: {@link dev.partita.protocol.JsonProtocol} takes a request's headers
 * and body, drives the {@link dev.partita.model.api.Database} with a typed request and hands out
 * the answer, to be encoded where it is sent. Knows neither sockets nor tables.
 *
 * <p>Beneath it: {@code shape} (the API model), {@code json} (reading), {@code validation} (what
 * may be wrong with a request), {@code binding} (typed requests), {@code encoding} (answers).
 */
@NullMarked
package dev.partita.protocol;

import org.jspecify.annotations.NullMarked;
