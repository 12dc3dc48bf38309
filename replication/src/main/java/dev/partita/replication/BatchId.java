package dev.partita.replication;

/** 128 random bits that name a batch, so that a duplicate proposal is recognised. */
public record BatchId(long high, long low) {
  /** The id in a position before the first entry. */
  public static final BatchId NONE = new BatchId(0, 0);
}
