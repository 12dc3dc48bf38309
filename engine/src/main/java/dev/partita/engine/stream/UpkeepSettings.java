package dev.partita.engine.stream;

import java.time.Duration;

/**
 * How change logs are kept up.
 *
 * @param pollInterval how often every partition is looked at
 * @param retention how long a stream keeps a record, and a disabled stream all that it has
 * @param shardLifetime how long records are added to a shard before its child takes over
 */
public record UpkeepSettings(Duration pollInterval, Duration retention, Duration shardLifetime) {
  /**
   * As on AWS.
   *
   * <p>Source: AWS developer guide, "Change data capture for DynamoDB Streams".
   */
  public static final UpkeepSettings DEFAULT =
      new UpkeepSettings(Duration.ofSeconds(1), Duration.ofHours(24), Duration.ofHours(4));

  /** With another lifetime of shards. */
  public UpkeepSettings withShardLifetime(Duration lifetime) {
    return new UpkeepSettings(pollInterval, retention, lifetime);
  }
}
