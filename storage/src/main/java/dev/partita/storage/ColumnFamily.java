package dev.partita.storage;

/**
 * The key spaces of a store. The id is part of the formats of write sets and of stores, therefore
 * constants are only ever appended.
 */
public enum ColumnFamily {
  /** Descriptors, counters and the log position of the replication group. */
  META(0),
  /** Items and local secondary index rows. */
  ITEMS(1);

  private static final ColumnFamily[] BY_ID = values();

  private final int id;

  ColumnFamily(int id) {
    this.id = id;
  }

  /** The stable number, 0 to 127. */
  public int id() {
    return id;
  }

  /** How many families this version knows; their ids are 0 to count - 1. */
  static int count() {
    return BY_ID.length;
  }

  /** The family with {@code id}, which must be smaller than {@link #count()}. */
  static ColumnFamily ofId(int id) {
    return BY_ID[id];
  }
}
