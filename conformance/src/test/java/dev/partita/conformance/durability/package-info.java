/**
 * What the server keeps when it is killed, when power is lost, when its files are damaged and when
 * its disk is full. Each test runs the server as a process of its own, keeps a history of what it
 * asked for and what was acknowledged, and compares what is there after the next start.
 *
 * <p>Invariant: a history names every state that something may have at a moment; a test accepts no
 * other.
 */
@NullMarked
package dev.partita.conformance.durability;

import org.jspecify.annotations.NullMarked;
