package dev.partita.testing.reference;

import java.util.List;
import java.util.Optional;

/**
 * The key of a table, its indexes and its stream.
 *
 * @param name the table's name
 * @param partitionKey its partition key
 * @param sortKey its sort key, if it has one
 * @param indexes its secondary indexes
 * @param stream what its stream shows, if it has one
 */
public record TableDefinition(
    String name,
    KeyAttribute partitionKey,
    Optional<KeyAttribute> sortKey,
    List<IndexDefinition> indexes,
    Optional<StreamView> stream) {

  /** A key attribute; the type is S, N or B. */
  public record KeyAttribute(String name, String type) {}

  public TableDefinition {
    indexes = List.copyOf(indexes);
  }

  /** A table without indexes and stream. */
  public TableDefinition(String name, KeyAttribute partitionKey, Optional<KeyAttribute> sortKey) {
    this(name, partitionKey, sortKey, List.of(), Optional.empty());
  }

  /** The partition key and the sort key, if there is one. */
  public List<KeyAttribute> keyAttributes() {
    return sortKey.map(key -> List.of(partitionKey, key)).orElseGet(() -> List.of(partitionKey));
  }

  /** Whether the attribute is part of the key. */
  public boolean isKey(String attribute) {
    return keyAttributes().stream().anyMatch(key -> key.name().equals(attribute));
  }

  /** The index of that name, if there is one. */
  public Optional<IndexDefinition> index(String indexName) {
    return indexes.stream().filter(index -> index.name().equals(indexName)).findFirst();
  }

  /** Whether it has local indexes, and so item collections whose size is told. */
  public boolean hasLocalIndexes() {
    return indexes.stream().anyMatch(index -> !index.global());
  }
}
