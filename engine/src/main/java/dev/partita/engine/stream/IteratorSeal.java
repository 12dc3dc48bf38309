package dev.partita.engine.stream;

import dev.partita.engine.partition.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Turns iterators into the text that clients carry, and back. The text is the ARN of the stream, a
 * version and the rest in base64, which ends in a message authentication code (the first bytes of
 * an HMAC-SHA-256) over all before it: a client can neither make an iterator nor change one.
 */
final class IteratorSeal {
  private static final String SEPARATOR = "|1|";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BODY_LENGTH = 4 * Long.BYTES + Integer.BYTES;

  /** With the body a multiple of 3, so that every bit of the base64 text counts. */
  private static final int CODE_LENGTH = 18;

  private final SecretKeySpec key;

  /** A seal that opens what was made with the same key. */
  IteratorSeal(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  String seal(ShardIterator iterator) {
    ByteBuffer bytes =
        ByteBuffer.allocate(BODY_LENGTH + CODE_LENGTH)
            .putLong(iterator.streamId())
            .putLong(iterator.partition().value())
            .putInt(iterator.shard())
            .putLong(iterator.sequence())
            .putLong(iterator.created());
    bytes.put(code(iterator.arn(), bytes.array()), 0, CODE_LENGTH);
    return iterator.arn() + SEPARATOR + Base64.getUrlEncoder().encodeToString(bytes.array());
  }

  /** What {@link #seal} made; refuses everything else. */
  ShardIterator open(String text) {
    int separator = text.lastIndexOf(SEPARATOR);
    if (separator < 0) {
      throw StreamErrors.invalidIterator();
    }
    String arn = text.substring(0, separator);
    byte[] bytes;
    try {
      bytes = Base64.getUrlDecoder().decode(text.substring(separator + SEPARATOR.length()));
    } catch (IllegalArgumentException malformed) {
      throw StreamErrors.invalidIterator();
    }
    if (bytes.length != BODY_LENGTH + CODE_LENGTH || !hasItsCode(arn, bytes)) {
      throw StreamErrors.invalidIterator();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new ShardIterator(
        arn, in.getLong(), new PartitionId(in.getLong()), in.getInt(), in.getLong(), in.getLong());
  }

  private boolean hasItsCode(String arn, byte[] bytes) {
    ByteBuffer expected = ByteBuffer.allocate(CODE_LENGTH).put(code(arn, bytes), 0, CODE_LENGTH);
    ByteBuffer found = ByteBuffer.allocate(CODE_LENGTH).put(bytes, BODY_LENGTH, CODE_LENGTH);
    return MessageDigest.isEqual(expected.array(), found.array());
  }

  private byte[] code(String arn, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update(arn.getBytes(StandardCharsets.UTF_8));
      mac.update(bytes, 0, BODY_LENGTH);
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new IllegalStateException("every Java runtime has " + ALGORITHM, impossible);
    }
  }
}
