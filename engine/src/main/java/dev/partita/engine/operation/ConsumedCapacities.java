package dev.partita.engine.operation;

import dev.partita.model.api.Capacity;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ReturnConsumedCapacity;
import org.jspecify.annotations.Nullable;

/** ConsumedCapacity as the request asked for it. */
final class ConsumedCapacities {
  private ConsumedCapacities() {}

  /**
   * Null unless the request asked.
   *
   * @param tableName as the request named the table
   */
  static @Nullable ConsumedCapacity of(
      @Nullable ReturnConsumedCapacity asked, String tableName, double units) {
    return switch (asked) {
      case null -> null;
      case NONE -> null;
      case TOTAL -> new ConsumedCapacity(tableName, units, null);
      case INDEXES -> new ConsumedCapacity(tableName, units, new Capacity(units));
    };
  }
}
