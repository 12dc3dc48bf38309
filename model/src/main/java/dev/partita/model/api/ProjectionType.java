package dev.partita.model.api;

/** How much of an item an index holds. The names are those on the wire. */
public enum ProjectionType {
  ALL,
  KEYS_ONLY,
  INCLUDE
}
