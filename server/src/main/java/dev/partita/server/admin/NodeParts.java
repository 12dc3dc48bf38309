package dev.partita.server.admin;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.ServerIdentity;
import java.util.List;

/**
 * The parts of a node that admin commands look at.
 *
 * @param groups the data groups, group 1 first
 * @param scheduler runs what takes long
 * @param started wall milliseconds since 1970
 */
public record NodeParts(
    ServerIdentity identity,
    TableCatalog catalog,
    List<ReplicationGroup> groups,
    Scheduler scheduler,
    Clock clock,
    long started) {}
