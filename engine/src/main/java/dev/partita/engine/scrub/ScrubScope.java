package dev.partita.engine.scrub;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a table is checked.
 *
 * @param localIndexes rows of these
 * @param globalIndexes rows of these, all of which serve reads
 * @param everything also counts, sizes of item collections and marks of expiry
 */
record ScrubScope(
    TableDescriptor table,
    List<IndexDefinition> localIndexes,
    List<GlobalIndexDescriptor> globalIndexes,
    boolean everything) {

  /**
   * The whole table, or one index of it.
   *
   * @param indexName null for the whole table
   */
  static ScrubScope of(TableDescriptor table, @Nullable String indexName) {
    return new ScrubScope(
        table,
        table.derived().localIndexes().stream()
            .filter(index -> indexName == null || index.name().equals(indexName))
            .toList(),
        table.derived().globalIndexes().stream()
            .filter(index -> indexName == null || index.name().equals(indexName))
            .filter(GlobalIndexDescriptor::servesReads)
            .toList(),
        indexName == null);
  }
}
