package dev.partita.testing.comparison;

import dev.partita.testing.reference.IndexDefinition;
import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.Operation;
import dev.partita.testing.reference.Operation.Query;
import dev.partita.testing.reference.Operation.ReadOptions;
import dev.partita.testing.reference.Operation.Scan;
import dev.partita.testing.reference.Operation.Select;
import dev.partita.testing.reference.Projection;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a Query or a Scan goes through, and how.
 *
 * @param partitionKeys of the table or index
 * @param sortKeys of the table or index
 * @param startKeys the names of the attributes in LastEvaluatedKey
 * @param index the index, if it is one
 * @param query whether it is a Query, which stays within one partition key
 * @param forward whether the order is ascending
 */
record Searched(
    List<KeyAttribute> partitionKeys,
    List<KeyAttribute> sortKeys,
    Set<String> startKeys,
    Optional<IndexDefinition> index,
    boolean query,
    boolean forward) {

  static Searched of(TableDefinition table, Operation search) {
    Optional<String> name =
        switch (search) {
          case Query query -> query.index();
          case Scan scan -> scan.index();
          case Operation other -> throw new IllegalArgumentException(other.name());
        };
    Optional<IndexDefinition> index = name.flatMap(table::index);
    Set<String> startKeys = new LinkedHashSet<>();
    table.keyAttributes().forEach(key -> startKeys.add(key.name()));
    index.ifPresent(one -> one.keyAttributes().forEach(key -> startKeys.add(key.name())));
    return new Searched(
        index.map(IndexDefinition::partitionKeys).orElseGet(() -> List.of(table.partitionKey())),
        index
            .map(IndexDefinition::sortKeys)
            .orElseGet(() -> table.sortKey().map(List::of).orElse(List.of())),
        startKeys,
        index,
        search instanceof Query,
        !(search instanceof Query query) || query.forward());
  }

  /** Whether what lies there comes a little after what was written to the table. */
  boolean isEventual() {
    return index.filter(IndexDefinition::global).isPresent();
  }

  /** Whether the answer shows all attributes that lie there, and no others. */
  boolean showsEntries(ReadOptions options) {
    boolean fetches =
        options.select() == Select.ALL_ATTRIBUTES
            && index.filter(one -> !(one.projection() instanceof IndexProjection.All)).isPresent();
    return options.projection() instanceof Projection.Everything && !options.counts() && !fetches;
  }
}
