package dev.partita.testing.reference;

import java.util.List;
import java.util.Optional;

/**
 * The key of a table.
 *
 * @param name the table's name
 * @param partitionKey its partition key
 * @param sortKey its sort key, if it has one
 */
public record TableDefinition(
    String name, KeyAttribute partitionKey, Optional<KeyAttribute> sortKey) {

  /** A key attribute; the type is S, N or B. */
  public record KeyAttribute(String name, String type) {}

  /** The partition key and the sort key, if there is one. */
  public List<KeyAttribute> keyAttributes() {
    return sortKey.map(key -> List.of(partitionKey, key)).orElseGet(() -> List.of(partitionKey));
  }

  /** Whether the attribute is part of the key. */
  public boolean isKey(String attribute) {
    return keyAttributes().stream().anyMatch(key -> key.name().equals(attribute));
  }
}
