package dev.partita.server.admin;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.base.ShiftableClock;
import dev.partita.engine.control.TestControls;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.ChangeLogUpkeep;
import dev.partita.engine.transaction.TransactionCoordinator;
import dev.partita.engine.ttl.ExpirySweeper;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a node that admin commands look at.
 *
 * @param groups the data groups, group 1 first
 * @param scheduler runs what takes long
 * @param serviceClock the clock that tests may move
 * @param started wall milliseconds since 1970
 * @param controls null unless the node was started with test controls
 */
public record NodeParts(
    ServerIdentity identity,
    TableCatalog catalog,
    List<ReplicationGroup> groups,
    ChangeLogUpkeep changeLogUpkeep,
    ExpirySweeper expirySweeper,
    TransactionCoordinator transactions,
    Scheduler scheduler,
    Clock clock,
    ShiftableClock serviceClock,
    long started,
    @Nullable TestControls controls) {}
