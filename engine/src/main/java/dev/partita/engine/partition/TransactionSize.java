package dev.partita.engine.partition;

import dev.partita.model.api.ApiError;
import org.jspecify.annotations.Nullable;

/**
 * The size of a transaction's request: items that are put, keys, values of expressions. At most 4
 * MB. What the items held before does not count.
 *
 * <p>Source: ScyllaDB's Alternator suite, verified on AWS.
 */
public final class TransactionSize {
  private static final long BYTES_MAX = 4L << 20;

  private TransactionSize() {}

  /** What a transaction is told that is too large. */
  public static ApiError error() {
    return ApiError.validation("Transaction payload size cannot exceed 4 MB");
  }

  /** Whether that many bytes are too many. */
  public static boolean isExceeded(long bytes) {
    return bytes > BYTES_MAX;
  }

  /** What a TransactGetItems is told that reads too much. */
  public static ApiError readError() {
    return ApiError.validation(
        "Collection size of items exceeded, which can also be caused by the aggregate size of the"
            + " items in the transaction exceeding the 4MB limit");
  }

  /**
   * What a transaction is told whose small request changes items so large that the changes, with
   * index rows and the images of a stream, do not fit an entry of the log. AWS has no such limit.
   */
  public static ApiError writeError() {
    return ApiError.validation(
        "Transaction changes more than the server can write at once: the items, their rows in local"
            + " secondary indexes and what a stream holds of them");
  }

  /** The larger size of an item before and after: what its capacity is counted by. */
  public static int of(Outcome.Applied item) {
    return Math.max(of(item.before()), of(item.after()));
  }

  private static int of(@Nullable StoredItem item) {
    return item == null ? 0 : item.size();
  }
}
