package dev.partita.engine.metadata;

import dev.partita.model.api.StreamViewType;

/**
 * A stream of a table: the one that is enabled, or one that was and can still be read.
 *
 * @param streamId names the stream in change logs; never used again
 * @param label the time at which it was enabled, the end of its ARN
 * @param created milliseconds since 1970
 * @param disabled milliseconds since 1970, 0 while it is enabled
 */
public record StreamDescriptor(
    long streamId, String label, StreamViewType viewType, long created, long disabled) {

  /** Whether changes are still recorded. */
  public boolean isEnabled() {
    return disabled == 0;
  }

  /** The same stream, ended. */
  public StreamDescriptor disabledAt(long now) {
    return new StreamDescriptor(streamId, label, viewType, created, now);
  }
}
