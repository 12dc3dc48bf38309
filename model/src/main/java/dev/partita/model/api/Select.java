package dev.partita.model.api;

/** Which attributes Query and Scan return. The names are those on the wire. */
public enum Select {
  ALL_ATTRIBUTES,
  ALL_PROJECTED_ATTRIBUTES,
  SPECIFIC_ATTRIBUTES,
  COUNT
}
