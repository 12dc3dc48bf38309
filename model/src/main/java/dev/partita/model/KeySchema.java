package dev.partita.model;

import dev.partita.base.Invariant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The key of a table or an index: partition key attributes and sort key attributes, in order.
 *
 * <p>A table and a local secondary index have one partition key attribute and at most one sort key
 * attribute; a global secondary index has up to four of each.
 */
public record KeySchema(List<KeyAttribute> partitionKeys, List<KeyAttribute> sortKeys) {

  /** Checks that there is a partition key, and takes copies. */
  public KeySchema(List<KeyAttribute> partitionKeys, List<KeyAttribute> sortKeys) {
    Invariant.check(!partitionKeys.isEmpty(), "a key without a partition key");
    this.partitionKeys = List.copyOf(partitionKeys);
    this.sortKeys = List.copyOf(sortKeys);
  }

  /** The key of a table or local secondary index. */
  public KeySchema(KeyAttribute partitionKey, @Nullable KeyAttribute sortKey) {
    this(List.of(partitionKey), sortKey == null ? List.of() : List.of(sortKey));
  }

  /** The attributes in the order of the key, sorted into partition and sort keys. */
  public static KeySchema of(List<KeyAttribute> attributes) {
    return new KeySchema(
        attributes.stream().filter(key -> key.keyType() == KeyType.HASH).toList(),
        attributes.stream().filter(key -> key.keyType() == KeyType.RANGE).toList());
  }

  /** The first partition key attribute: the only one of a table. */
  public KeyAttribute partitionKey() {
    return partitionKeys.getFirst();
  }

  /** The first sort key attribute: the only one of a table; null if there is none. */
  public @Nullable KeyAttribute sortKey() {
    return sortKeys.isEmpty() ? null : sortKeys.getFirst();
  }

  /** All attributes, partition key first. */
  public List<KeyAttribute> attributes() {
    if (sortKeys.isEmpty()) {
      return partitionKeys;
    }
    List<KeyAttribute> all = new ArrayList<>(partitionKeys.size() + sortKeys.size());
    all.addAll(partitionKeys);
    all.addAll(sortKeys);
    return all;
  }

  /** Whether {@code name} is an attribute of the key. */
  public boolean contains(String name) {
    return contains(partitionKeys, name) || contains(sortKeys, name);
  }

  private static boolean contains(List<KeyAttribute> attributes, String name) {
    for (KeyAttribute attribute : attributes) {
      if (attribute.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
