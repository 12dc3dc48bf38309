package dev.partita.server.admin;

import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;

/** Finds the tables that requests name. */
final class Tables {
  private Tables() {}

  /** A table whose items can be read and written. */
  static TableDescriptor serving(TableCatalog catalog, String name) throws AdminException {
    TableDescriptor table = catalog.find(name);
    if (table == null || !table.servesItems()) {
      throw AdminException.notFound(
          "there is no table "
              + name
              + (table == null ? "" : " yet or any more: " + table.status()));
    }
    return table;
  }
}
