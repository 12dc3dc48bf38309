package dev.partita.engine.metadata;

import dev.partita.model.api.TimeToLiveStatus;

/**
 * Time to live of a table.
 *
 * @param attribute says when an item expires
 * @param changed milliseconds since 1970: it may be changed once an hour
 */
public record TimeToLive(String attribute, TimeToLiveStatus status, long changed) {

  /** Whether items expire, or are being marked so that they will. */
  public boolean marksItems() {
    return switch (status) {
      case ENABLED, ENABLING -> true;
      case DISABLED, DISABLING -> false;
    };
  }

  /** With another place in its life. */
  TimeToLive withStatus(TimeToLiveStatus newStatus) {
    return new TimeToLive(attribute, newStatus, changed);
  }
}
