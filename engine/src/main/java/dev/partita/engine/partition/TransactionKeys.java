package dev.partita.engine.partition;

import dev.partita.base.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The keys among the transactions of a group: what is prepared, what the ledger has decided, tokens
 * by name, and by time what is to be forgotten.
 */
final class TransactionKeys {
  private static final byte PREPARED = 'p';
  private static final byte DECISION = 'd';
  private static final byte TOKEN = 't';
  private static final byte EXPIRY = 'e';
  private static final int EXPIRY_PREFIX_BYTES = 1 + Long.BYTES;

  private TransactionKeys() {}

  static byte[] prepared(TransactionId id) {
    return key(PREPARED, id);
  }

  static byte[] preparedStart() {
    return new byte[] {PREPARED};
  }

  static byte[] preparedEnd() {
    return new byte[] {PREPARED + 1};
  }

  static byte[] decision(TransactionId id) {
    return key(DECISION, id);
  }

  static byte[] decisionsStart() {
    return new byte[] {DECISION};
  }

  static byte[] decisionsEnd() {
    return new byte[] {DECISION + 1};
  }

  static boolean isDecision(byte[] key) {
    return key[0] == DECISION;
  }

  /** The transaction in the key of what is prepared or decided. */
  static TransactionId id(byte[] key) {
    return TransactionId.get(ByteBuffer.wrap(key, 1, TransactionId.BYTES));
  }

  static byte[] token(Bytes name) {
    return ByteBuffer.allocate(1 + name.size()).put(TOKEN).put(name.array()).array();
  }

  /** That the record under {@code recordKey} is to be forgotten at {@code millis}. */
  static byte[] expiry(long millis, byte[] recordKey) {
    return ByteBuffer.allocate(EXPIRY_PREFIX_BYTES + recordKey.length)
        .put(EXPIRY)
        .putLong(millis)
        .put(recordKey)
        .array();
  }

  /** Where what is to be forgotten at or after {@code millis} starts. */
  static byte[] expiryStart(long millis) {
    return expiry(millis, new byte[0]);
  }

  /** The key of the record in the key of an expiry. */
  static byte[] expiringRecord(byte[] expiryKey) {
    return Arrays.copyOfRange(expiryKey, EXPIRY_PREFIX_BYTES, expiryKey.length);
  }

  private static byte[] key(byte kind, TransactionId id) {
    ByteBuffer key = ByteBuffer.allocate(1 + TransactionId.BYTES).put(kind);
    id.put(key);
    return key.array();
  }
}
