package dev.partita.engine.simulation;

import dev.partita.model.Item;
import java.util.List;

/** The tables of a run. */
final class Tables {
  static final List<String> ALL =
      List.of(
          RegisterWorkload.TABLE, ExpiringWorkload.TABLE, ListWorkload.TABLE, BankWorkload.TABLE);

  private Tables() {}

  /** The name of an item of a table, as {@link Writes} has it; keys suffice. */
  static String itemName(String table, Item item) {
    return switch (table) {
      case RegisterWorkload.TABLE -> RegisterWorkload.name(item);
      case ExpiringWorkload.TABLE -> ExpiringWorkload.name(item);
      case ListWorkload.TABLE -> ListWorkload.name(item);
      default -> BankWorkload.name(item);
    };
  }
}
