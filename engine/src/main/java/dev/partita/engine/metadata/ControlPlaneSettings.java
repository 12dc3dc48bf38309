package dev.partita.engine.metadata;

import java.time.Duration;

/**
 * How a control plane takes its time.
 *
 * @param transitionDelay how long tables and indexes stay CREATING, UPDATING and DELETING at least
 * @param timeToLiveInterval how long time to live of a table must be left alone after a change; an
 *     hour on AWS
 */
public record ControlPlaneSettings(Duration transitionDelay, Duration timeToLiveInterval) {
  /** No waiting but what AWS insists on. */
  public static final ControlPlaneSettings DEFAULT =
      new ControlPlaneSettings(Duration.ZERO, Duration.ofHours(1));
}
