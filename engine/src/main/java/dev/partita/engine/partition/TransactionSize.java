package dev.partita.engine.partition;

import dev.partita.model.api.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The size of a transaction: of each item the larger of what was there and what will be. At most 4
 * MB.
 *
 * <p>Source: AWS, "Amazon DynamoDB Transactions: How it works".
 */
public final class TransactionSize {
  private static final long BYTES_MAX = 4L << 20;

  private TransactionSize() {}

  /** What a transaction is told that is too large. */
  public static ApiError error() {
    return ApiError.validation(
        "Collection size of items exceeded, which can also be caused by the aggregate size of the"
            + " items in the transaction exceeding the 4MB limit");
  }

  /** Whether that many bytes are too many. */
  public static boolean isExceeded(long bytes) {
    return bytes > BYTES_MAX;
  }

  /** The bytes of all items together. */
  public static long of(List<Outcome.Applied> items) {
    long bytes = 0;
    for (Outcome.Applied item : items) {
      bytes += of(item);
    }
    return bytes;
  }

  /** The larger size of an item before and after. */
  public static int of(Outcome.Applied item) {
    return Math.max(of(item.before()), of(item.after()));
  }

  private static int of(@Nullable StoredItem item) {
    return item == null ? 0 : item.size();
  }
}
