/**
 * Time to live: finds items whose time has come by the marks that the writer keeps, and deletes
 * them through the request router as a client would, but in the service's name and free of
 * capacity. Started by the server; called by nobody.
 *
 * <p>Invariant: an item is deleted only if, when the delete is evaluated, it still has the expiry
 * time of its mark and that time has passed by the service clock.
 */
@NullMarked
package dev.partita.engine.ttl;

import org.jspecify.annotations.NullMarked;
