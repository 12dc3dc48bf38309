/**
 * A whole node in one thread: engine, side flows and control plane over simulated logs, whose
 * scheduling, faults and load follow from one seed. {@link
 * dev.partita.engine.simulation.Simulation} runs a seed; a failure tells it, and it repeats
 * exactly.
 *
 * <p>After TigerBeetle's and FoundationDB's: clients work on few items, so that they meet; logs
 * refuse, forget to answer, take entries twice; the node loses its memory at any step. In the end
 * faults stop, the node comes to rest, and everything that it promised is checked.
 */
@NullMarked
package dev.partita.engine.simulation;

import org.jspecify.annotations.NullMarked;
