/**
 * The composition root: {@link dev.partita.server.Node} lists every part of a node of Partita and
 * joins them. Started by the command line and by tests.
 */
@NullMarked
package dev.partita.server;

import org.jspecify.annotations.NullMarked;
