package dev.partita.model;

/** The ten types of attribute values; the names are those on the wire. */
public enum AttributeType {
  S,
  N,
  B,
  BOOL,
  NULL,
  L,
  M,
  SS,
  NS,
  BS
}
