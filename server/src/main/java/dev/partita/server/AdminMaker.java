package dev.partita.server;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.base.ShiftableClock;
import dev.partita.engine.control.TestControls;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.ChangeLogUpkeep;
import dev.partita.engine.transaction.TransactionCoordinator;
import dev.partita.engine.ttl.ExpirySweeper;
import dev.partita.server.admin.AdminCommands;
import dev.partita.server.admin.AdminEndpoint;
import dev.partita.server.admin.NodeParts;
import java.net.InetSocketAddress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the admin endpoint is made of. A class rather than a lambda: linking a lambda would load the
 * classes that it returns and captures.
 *
 * @param address where the node listens, once it does
 * @param started wall milliseconds since 1970
 * @param controls null unless the node was started with test controls
 */
record AdminMaker(
    String host,
    Supplier<InetSocketAddress> address,
    ServerIdentity identity,
    DataGroups groups,
    ChangeLogUpkeep changeLogUpkeep,
    ExpirySweeper expirySweeper,
    TransactionCoordinator transactions,
    Scheduler scheduler,
    Clock clock,
    ShiftableClock serviceClock,
    long started,
    @Nullable TestControls controls) {

  AdminEndpoint make() {
    NodeParts parts =
        new NodeParts(
            identity,
            groups.catalog(),
            groups.groups(),
            changeLogUpkeep,
            expirySweeper,
            transactions,
            scheduler,
            clock,
            serviceClock,
            started,
            controls);
    return new AdminEndpoint(host, address.get(), new AdminCommands(parts));
  }
}
