package dev.partita.engine.partition;

import dev.partita.base.RandomSource;
import java.nio.ByteBuffer;

/** 128 random bits that name a transaction; never used again. */
public record TransactionId(long high, long low) {
  /** How many bytes {@link #put} writes. */
  static final int BYTES = 2 * Long.BYTES;

  /** A new name. */
  public static TransactionId random(RandomSource random) {
    long low = random.nextLong();
    return new TransactionId(random.nextLong(), low == 0 ? 1 : low);
  }

  /** What change records tell of it; 0 would mean that there is none. */
  long mark() {
    return low;
  }

  void put(ByteBuffer out) {
    out.putLong(high).putLong(low);
  }

  static TransactionId get(ByteBuffer in) {
    return new TransactionId(in.getLong(), in.getLong());
  }
}
