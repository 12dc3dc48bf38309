package dev.partita.triggers;

import java.util.List;
import java.util.Optional;

/**
 * A stream as DescribeStream tells it, all pages together.
 *
 * @param status ENABLING, ENABLED, DISABLING or DISABLED
 * @param shards that are not trimmed yet
 */
record StreamDescription(String status, List<Shard> shards) {

  /**
   * A shard.
   *
   * @param id unique within the stream
   * @param parentId of the shard whose changes come before this one's; may be trimmed already
   * @param closed whether no more records will come
   */
  record Shard(String id, Optional<String> parentId, boolean closed) {}

  /** Whether no shard will be added any more. */
  boolean disabled() {
    return status.equals("DISABLED");
  }
}
