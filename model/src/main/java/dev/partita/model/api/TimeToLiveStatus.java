package dev.partita.model.api;

/** The state of time to live. The names are those on the wire. */
public enum TimeToLiveStatus {
  ENABLING,
  DISABLING,
  ENABLED,
  DISABLED
}
