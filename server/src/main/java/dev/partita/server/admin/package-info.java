/**
 * The admin endpoint: what operators and tests ask of a node beside the API, as JSON under {@code
 * /_partita/} of the same port. {@link dev.partita.server.admin.AdminEndpoint} is made when the
 * first such request comes; a node that gets none never loads this package.
 *
 * <p>Invariants: a page that a browser loaded from elsewhere cannot drive it ({@link
 * dev.partita.server.admin.AdminAccess}); nothing runs on an event loop but the choice of the
 * command; every request is answered, what is wrong with it in words.
 */
@NullMarked
package dev.partita.server.admin;

import org.jspecify.annotations.NullMarked;
