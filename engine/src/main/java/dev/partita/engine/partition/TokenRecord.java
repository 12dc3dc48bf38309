package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A token whose request was carried out: expiry (8), digest (16), number of tables (2), read units
 * of each (4).
 *
 * @param expires milliseconds since 1970
 * @param readUnits for each table of the request in order, what a repeated request is told
 */
record TokenRecord(long expires, Bytes digest, List<Integer> readUnits) {
  byte[] encode(byte[] key) {
    int bytes =
        Long.BYTES + TokenClaim.DIGEST_BYTES + Short.BYTES + Integer.BYTES * readUnits.size();
    return SealedRecord.seal(
        key,
        bytes,
        out -> {
          out.putLong(expires).put(digest.array()).putShort((short) readUnits.size());
          readUnits.forEach(out::putInt);
        });
  }

  static TokenRecord decode(byte[] key, byte[] value) {
    ByteBuffer in = SealedRecord.open(key, value);
    long expires = in.getLong();
    byte[] digest = new byte[TokenClaim.DIGEST_BYTES];
    in.get(digest);
    int count = in.getShort();
    List<Integer> readUnits = new ArrayList<>(count);
    for (int table = 0; table < count; table++) {
      readUnits.add(in.getInt());
    }
    return new TokenRecord(expires, Bytes.wrap(digest), readUnits);
  }
}
