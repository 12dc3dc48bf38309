package dev.partita.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table: one partition key attribute and perhaps one sort key attribute.
 *
 * <p>Keys of global secondary indexes may have up to four of each; tables never do.
 */
public record KeySchema(KeyAttribute partitionKey, @Nullable KeyAttribute sortKey) {

  /** Both attributes, or the one, partition key first. */
  public List<KeyAttribute> attributes() {
    return sortKey == null ? List.of(partitionKey) : List.of(partitionKey, sortKey);
  }

  /** Whether {@code name} is an attribute of the key. */
  public boolean contains(String name) {
    return partitionKey.name().equals(name) || (sortKey != null && sortKey.name().equals(name));
  }
}
