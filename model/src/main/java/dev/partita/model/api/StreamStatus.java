package dev.partita.model.api;

/** Where a stream is in its life. The names are those on the wire. */
public enum StreamStatus {
  ENABLING,
  ENABLED,
  DISABLING,
  DISABLED
}
