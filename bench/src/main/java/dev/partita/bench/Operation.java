package dev.partita.bench;

/** A kind of request that the generator sends. */
public enum Operation {
  /** PutItem of a whole item, replacing what was there. */
  PUT("PutItem"),
  /** GetItem by full key, eventually consistent unless the workload says otherwise. */
  GET("GetItem"),
  /** Query of one item collection. */
  QUERY("Query"),
  /** UpdateItem that counts up behind a condition. */
  UPDATE("UpdateItem");

  private final String apiName;

  Operation(String apiName) {
    this.apiName = apiName;
  }

  /** The operation's name in the API, as sent in {@code X-Amz-Target}. */
  public String apiName() {
    return apiName;
  }

  /** Whether the operation needs items that are already in the table. */
  public boolean needsItems() {
    return this != PUT;
  }
}
