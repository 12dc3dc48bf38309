package dev.partita.model.partiql;

import dev.partita.model.Item;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.Projection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement with the values of its parameters. Immutable. */
public sealed interface BoundStatement {

  /** The table that it reads or writes, as the statement names it. */
  String table();

  /**
   * SELECT.
   *
   * @param where null if everything is read
   */
  record Select(
      TableSource source, Projection projection, @Nullable Condition where, List<OrderKey> orderBy)
      implements BoundStatement {
    @Override
    public String table() {
      return source.table();
    }
  }

  /** A statement that writes one item. */
  sealed interface Write extends BoundStatement {}

  /** INSERT. */
  record Insert(String table, Item item) implements Write {}

  /** UPDATE. */
  record Update(
      String table,
      dev.partita.model.expression.Update update,
      @Nullable Condition where,
      @Nullable Returning returning)
      implements Write {}

  /** DELETE, which returns the old item if {@code returning}. */
  record Delete(String table, @Nullable Condition where, boolean returning) implements Write {}

  /** EXISTS: a condition of a transaction. */
  record Exists(Select select) implements BoundStatement {
    @Override
    public String table() {
      return select.table();
    }
  }
}
