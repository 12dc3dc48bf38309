package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.operation.StatementRead.Part;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ExecuteStatementRequest;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a SELECT goes on. As NextToken it is: version (1 byte) · digest of statement and parameters
 * (16) · part (1) · key · digest of all that (8). So a token fits its statement only, any change to
 * it shows, and a server that was started again still takes it.
 *
 * @param part the part of the read
 * @param key the storage key behind which it goes on; empty for the beginning of the part
 */
record StatementPosition(int part, Bytes key) {
  private static final byte VERSION = 1;
  private static final int STATEMENT_DIGEST_BYTES = 16;
  private static final int CHECK_DIGEST_BYTES = 8;
  private static final int PART_OFFSET = 1 + STATEMENT_DIGEST_BYTES;
  private static final int KEY_OFFSET = PART_OFFSET + 1;
  private static final Bytes BEGINNING = Bytes.wrap(new byte[0]);

  /** Before the first item of a part. */
  static StatementPosition before(int part) {
    return new StatementPosition(part, BEGINNING);
  }

  /** The position that the request's NextToken tells; the very beginning if there is none. */
  static StatementPosition of(ExecuteStatementRequest request) {
    if (request.nextToken() == null) {
      return before(0);
    }
    byte[] token = decode(request.nextToken());
    int end = token.length - CHECK_DIGEST_BYTES;
    if (end < KEY_OFFSET
        || token[0] != VERSION
        || !Arrays.equals(token, end, token.length, check(token, end), 0, CHECK_DIGEST_BYTES)) {
      throw invalid();
    }
    byte[] statement = digest(request);
    if (!Arrays.equals(token, 1, PART_OFFSET, statement, 0, STATEMENT_DIGEST_BYTES)) {
      throw ApiException.validation("NextToken does not match request");
    }
    return new StatementPosition(
        token[PART_OFFSET], Bytes.copyOf(token, KEY_OFFSET, end - KEY_OFFSET));
  }

  private static byte[] decode(String token) {
    try {
      return Base64.getDecoder().decode(token);
    } catch (IllegalArgumentException wrong) {
      throw invalid();
    }
  }

  /** The NextToken that tells this position to the same statement. */
  String token(ExecuteStatementRequest request) {
    int end = KEY_OFFSET + key.size();
    byte[] token = new byte[end + CHECK_DIGEST_BYTES];
    token[0] = VERSION;
    System.arraycopy(digest(request), 0, token, 1, STATEMENT_DIGEST_BYTES);
    token[PART_OFFSET] = (byte) part;
    System.arraycopy(key.array(), 0, token, KEY_OFFSET, key.size());
    System.arraycopy(check(token, end), 0, token, end, CHECK_DIGEST_BYTES);
    return Base64.getEncoder().encodeToString(token);
  }

  /** What is left of the part. */
  KeyRange left(StatementRead read) {
    List<Part> parts = read.parts();
    if (part < 0 || part >= parts.size()) {
      throw invalid();
    }
    KeyRange range = parts.get(part).range();
    if (key.size() == 0) {
      return range;
    }
    if (!range.contains(key.array())) {
      throw invalid();
    }
    return read.direction() == Direction.FORWARD
        ? new KeyRange(Bytes.wrap(KeyRange.after(key.array())), range.end())
        : new KeyRange(range.start(), key);
  }

  private static byte[] digest(ExecuteStatementRequest request) {
    Map<String, AttributeValue> values = new LinkedHashMap<>();
    if (request.parameters() != null) {
      request.parameters().forEach(value -> values.put(Integer.toString(values.size()), value));
    }
    MessageDigest digest = sha256();
    byte[] text = request.statement().getBytes(StandardCharsets.UTF_8);
    digest.update(text);
    digest.update((byte) 0);
    return digest.digest(Item.of(values).encoded());
  }

  private static byte[] check(byte[] token, int end) {
    MessageDigest digest = sha256();
    digest.update(token, 0, end);
    return digest.digest();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static ApiException invalid() {
    return ApiException.validation("Invalid NextToken");
  }
}
