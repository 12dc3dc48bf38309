package dev.partita.testing.comparison;

import dev.partita.testing.generator.GeneratedOperation;
import dev.partita.testing.generator.Universe;
import dev.partita.testing.reference.Json;
import dev.partita.testing.reference.Operation.CreateTable;
import dev.partita.testing.reference.Operation.DeleteTable;
import dev.partita.testing.reference.Operation.DescribeTable;
import dev.partita.testing.reference.Reply;
import dev.partita.testing.reference.TableDefinition;

/** Tables of a server come and go with a delay; this waits for it. */
final class TableLifecycle {

  private static final int POLLS_MAX = 1_200;
  private static final long POLL_MILLIS = 50;

  private final Endpoint server;

  TableLifecycle(Endpoint server) {
    this.server = server;
  }

  /** Leaves all tables of the universe new and empty. */
  void reset(Universe universe) {
    remove(universe);
    for (TableDefinition table : universe.tables()) {
      Reply reply = server.send(new GeneratedOperation(new CreateTable(table), 0));
      if (!reply.succeeded()) {
        throw new EndpointUnavailableException("cannot create a table: " + reply);
      }
    }
    universe.tables().forEach(table -> awaitActive(table.name()));
  }

  /** Leaves none of the universe's tables. */
  void remove(Universe universe) {
    for (TableDefinition table : universe.tables()) {
      server.send(new GeneratedOperation(new DeleteTable(table.name()), 0));
    }
    universe.tables().forEach(table -> awaitGone(table.name()));
  }

  /** Waits until the table can be used. */
  void awaitActive(String table) {
    for (int poll = 0; poll < POLLS_MAX; poll++) {
      Reply reply = describe(table);
      boolean active =
          reply.body().member("Table").orElse(Json.object()) instanceof Json.ObjectOf description
              && description.text("TableStatus").filter("ACTIVE"::equals).isPresent();
      if (active) {
        return;
      }
      pause(POLL_MILLIS);
    }
    throw new EndpointUnavailableException("table " + table + " does not become ACTIVE");
  }

  /** Waits until the table is not known any more. */
  void awaitGone(String table) {
    for (int poll = 0; poll < POLLS_MAX; poll++) {
      if (!describe(table).succeeded()) {
        return;
      }
      pause(POLL_MILLIS);
    }
    throw new EndpointUnavailableException("table " + table + " does not go away");
  }

  private Reply describe(String table) {
    return server.send(new GeneratedOperation(new DescribeTable(table), 0));
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EndpointUnavailableException("interrupted", e);
    }
  }
}
