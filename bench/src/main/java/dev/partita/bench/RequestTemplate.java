package dev.partita.bench;

import java.nio.charset.StandardCharsets;

/**
 * The JSON body of one kind of request, encoded once. Its varying parts have a fixed width, so that
 * a request is a copy with a few bytes patched in and every body has the same length.
 *
 * <p>Items look like {@code {"pk": "user#000000000042", "sk": "item#0000", "n": 1234567, "flag":
 * true, "data": "xxx..."}}; those that Query reads have {@code coll#} for {@code user#}.
 */
final class RequestTemplate {
  private static final String KEY_DIGITS = "KKKKKKKKKKKK";
  private static final String POSITION_DIGITS = "PPPP";
  private static final String NUMBER_DIGITS = "NNNNNNN";

  /** pk 2 + 17, sk 2 + 9, n 1 + (1 + 4), flag 4 + 1, data 4: the item's size without its filler. */
  private static final int ITEM_BYTES_WITHOUT_FILLER = 45;

  private final Operation operation;
  private final byte[] body;
  private final int keyOffset;
  private final int positionOffset;
  private final int numberOffset;

  private RequestTemplate(Operation operation, String text) {
    this.operation = operation;
    this.body = text.getBytes(StandardCharsets.US_ASCII);
    this.keyOffset = text.indexOf(KEY_DIGITS);
    this.positionOffset = text.indexOf("#" + POSITION_DIGITS) + 1;
    this.numberOffset = text.indexOf(NUMBER_DIGITS);
  }

  /** The body of an operation. */
  static RequestTemplate of(
      Operation operation,
      boolean inCollection,
      BenchmarkSettings.Target target,
      BenchmarkSettings.Workload workload) {
    String prefix = inCollection ? "coll#" : "user#";
    String partitionKey = prefix + KEY_DIGITS;
    String head = "{\"TableName\":\"" + target.table() + "\",";
    String keyParts =
        "\"pk\":{\"S\":\"" + partitionKey + "\"},\"sk\":{\"S\":\"item#" + POSITION_DIGITS + "\"}";
    String consistent = workload.consistentRead() ? ",\"ConsistentRead\":true}" : "}";
    String rest =
        switch (operation) {
          case PUT ->
              "\"Item\":{"
                  + keyParts
                  + ",\"n\":{\"N\":\""
                  + NUMBER_DIGITS
                  + "\"},"
                  + "\"flag\":{\"BOOL\":true},\"data\":{\"S\":\""
                  + "x".repeat(workload.itemBytes() - ITEM_BYTES_WITHOUT_FILLER)
                  + "\"}}}";
          case GET -> "\"Key\":{" + keyParts + "}" + consistent;
          case QUERY ->
              "\"KeyConditionExpression\":\"#p = :p\",\"ExpressionAttributeNames\":{\"#p\":\"pk\"},"
                  + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\""
                  + partitionKey
                  + "\"}},\"Limit\":"
                  + workload.itemsPerQuery()
                  + consistent;
          case UPDATE ->
              "\"Key\":{"
                  + keyParts
                  + "},"
                  + "\"UpdateExpression\":\"SET #n = if_not_exists(#n, :zero) + :one\","
                  + "\"ConditionExpression\":\"attribute_exists(pk)\","
                  + "\"ExpressionAttributeNames\":{\"#n\":\"n\"},\"ExpressionAttributeValues\":"
                  + "{\":one\":{\"N\":\"1\"},\":zero\":{\"N\":\"0\"}}}";
        };
    return new RequestTemplate(operation, head + rest);
  }

  Operation operation() {
    return operation;
  }

  /** Length of every body in bytes. */
  int length() {
    return body.length;
  }

  /** The varying parts end before this offset. */
  int patchedLength() {
    return Math.max(
        keyOffset + KEY_DIGITS.length(),
        Math.max(positionOffset + POSITION_DIGITS.length(), numberOffset + NUMBER_DIGITS.length()));
  }

  /** Writes a whole body at an offset. */
  void copyTo(byte[] target, int offset, PlannedRequest request) {
    System.arraycopy(body, 0, target, offset, body.length);
    patch(target, offset, request);
  }

  /** Writes only the varying parts of a body that lies at an offset already. */
  void patch(byte[] target, int offset, PlannedRequest request) {
    digits(target, offset + keyOffset, KEY_DIGITS.length(), request.key);
    if (positionOffset > 0) {
      digits(target, offset + positionOffset, POSITION_DIGITS.length(), request.position);
    }
    if (numberOffset >= 0) {
      digits(target, offset + numberOffset, NUMBER_DIGITS.length(), request.number);
    }
  }

  private static void digits(byte[] target, int offset, int count, long value) {
    long rest = value;
    for (int i = offset + count - 1; i >= offset; i--) {
      long tenth = rest / 10;
      target[i] = (byte) ('0' + (rest - tenth * 10));
      rest = tenth;
    }
  }
}
