/**
 * Black-box tests: the server is a process of its own, started with the {@code partita} command and
 * reached over HTTP with the AWS SDK, with plain HTTP requests and with bare sockets. No class of
 * Partita is used beside the command and the reference model of the module testing, which itself
 * knows none.
 */
@NullMarked
package dev.partita.conformance;

import org.jspecify.annotations.NullMarked;
