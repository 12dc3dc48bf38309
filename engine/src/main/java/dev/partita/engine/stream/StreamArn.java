package dev.partita.engine.stream;

import org.jspecify.annotations.Nullable;

/**
 * What an ARN of a stream says. Region and account do not matter: one server is one region,
 * whatever clients take it for.
 *
 * @param label the time at which the stream was enabled, as text
 */
record StreamArn(String tableName, String label) {
  private static final String PREFIX = "arn:";
  private static final String TABLE = ":table/";
  private static final String STREAM = "/stream/";

  /** Null if it is not the ARN of a stream. */
  static @Nullable StreamArn parse(String arn) {
    int table = arn.indexOf(TABLE);
    int name = table + TABLE.length();
    int stream = table < 0 ? -1 : arn.indexOf(STREAM, name);
    int label = stream + STREAM.length();
    return arn.startsWith(PREFIX) && stream > name && label < arn.length()
        ? new StreamArn(arn.substring(name, stream), arn.substring(label))
        : null;
  }
}
