package dev.partita.engine.ttl;

import java.time.Duration;

/**
 * How fast expired items are deleted.
 *
 * @param pollInterval how often every partition is looked at
 * @param pageItems deletes that are in flight at once, in each replication group
 * @param itemsPerSecondMax deletes in each replication group
 */
public record ExpirySettings(Duration pollInterval, int pageItems, int itemsPerSecondMax) {
  /** What a node uses. */
  public static final ExpirySettings DEFAULT =
      new ExpirySettings(Duration.ofSeconds(1), 200, 5_000);

  /** With another time between two looks. */
  public ExpirySettings withPollInterval(Duration interval) {
    return new ExpirySettings(interval, pageItems, itemsPerSecondMax);
  }
}
