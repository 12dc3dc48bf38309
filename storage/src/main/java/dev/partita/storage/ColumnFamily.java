package dev.partita.storage;

/**
 * The key spaces of a store. The id is part of the formats of write sets and of stores, therefore
 * constants are only ever appended.
 */
public enum ColumnFamily {
  /** Descriptors, counters and the log position of the replication group. */
  META(0),
  /** Items of tables and rows of global secondary indexes. */
  ITEMS(1),
  /** Rows of local secondary indexes, within the key ranges of their tables' partitions. */
  LOCAL_INDEX_ROWS(2),
  /** The change logs of partitions. */
  CHANGES(3),
  /** Items with an expiry time, ordered by it. */
  EXPIRY(4),
  /** Prepared transactions, the ledger and idempotency tokens. */
  TRANSACTIONS(5);

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
