package dev.partita.engine.router;

/**
 * Which region and account this server is. One server is one region, whatever region clients sign
 * for.
 *
 * @param region such as us-east-1
 * @param accountId twelve digits
 */
public record ServerIdentity(String region, String accountId) {
  private static final String PREFIX = "arn:aws:dynamodb:";

  /** The ARN of a table. */
  public String tableArn(String tableName) {
    return PREFIX + region + ":" + accountId + ":table/" + tableName;
  }

  /** The ARN of an index of a table. */
  public String indexArn(String tableName, String indexName) {
    return tableArn(tableName) + "/index/" + indexName;
  }

  /** The ARN of a stream of a table. */
  public String streamArn(String tableName, String label) {
    return tableArn(tableName) + "/stream/" + label;
  }
}
