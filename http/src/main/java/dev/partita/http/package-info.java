/**
 * The HTTP/1.1 server: bytes to requests and back, over Netty.
 *
 * <p>Called by the composition root, which wires a {@link RequestHandler} and the {@link
 * ErrorPages}. Knows no business words, no JSON and no engine.
 *
 * <p>Invariants: an event loop never blocks; everything a connection owns is touched only by its
 * event loop; answers leave a connection in the order of its requests; every byte of a request body
 * and of an answer that waits is charged to one bounded budget until it is given back.
 */
@NullMarked
package dev.partita.http;

import org.jspecify.annotations.NullMarked;
