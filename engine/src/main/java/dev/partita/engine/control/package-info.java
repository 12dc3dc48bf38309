/**
 * Test controls: what makes the server behave badly on purpose, so that an application's tests see
 * what they would see of a distributed database on a bad day. {@link
 * dev.partita.engine.control.TestControls} holds what is set; {@code server} makes it only if it is
 * told to, and the admin endpoint changes it. See docs/test-controls.md.
 *
 * <p>Each control is an interface of the package in which it takes effect ({@code globalindex},
 * {@code router}, {@code operation}, {@code transaction}); nothing there knows this package.
 *
 * <p>Invariants: nothing that is set survives the process; no control changes what is stored, but
 * for what a client's request or the passing of time would.
 */
@NullMarked
package dev.partita.engine.control;

import org.jspecify.annotations.NullMarked;
