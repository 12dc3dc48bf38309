package dev.partita.testing.reference;

import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import java.util.ArrayList;
import java.util.List;

/**
 * A secondary index of a table.
 *
 * @param name the index's name
 * @param global whether it is a global one; a local one has the table's partition key
 * @param partitionKeys one, or of a global index up to four
 * @param sortKeys one of a local index, up to four of a global one
 * @param projection which attributes it holds beside all keys
 */
public record IndexDefinition(
    String name,
    boolean global,
    List<KeyAttribute> partitionKeys,
    List<KeyAttribute> sortKeys,
    IndexProjection projection) {

  /** Which attributes an index holds beside its own keys and the table's. */
  public sealed interface IndexProjection {

    /** All that the item has. */
    record All() implements IndexProjection {}

    /** None. */
    record KeysOnly() implements IndexProjection {}

    /** These, if the item has them. */
    record Include(List<String> attributes) implements IndexProjection {
      public Include {
        attributes = List.copyOf(attributes);
      }
    }
  }

  public IndexDefinition {
    partitionKeys = List.copyOf(partitionKeys);
    sortKeys = List.copyOf(sortKeys);
  }

  /** The partition keys, then the sort keys. */
  public List<KeyAttribute> keyAttributes() {
    List<KeyAttribute> keys = new ArrayList<>(partitionKeys);
    keys.addAll(sortKeys);
    return keys;
  }

  /** Whether the attribute is part of the index's key. */
  public boolean isKey(String attribute) {
    return keyAttributes().stream().anyMatch(key -> key.name().equals(attribute));
  }
}
