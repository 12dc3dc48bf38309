package dev.partita.model.api;

/** Which attributes a write answers with. The names are those on the wire. */
public enum ReturnValue {
  NONE,
  ALL_OLD,
  UPDATED_OLD,
  ALL_NEW,
  UPDATED_NEW
}
