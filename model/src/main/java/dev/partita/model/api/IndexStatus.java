package dev.partita.model.api;

/** Where a global index is in its life. The names are those on the wire. */
public enum IndexStatus {
  CREATING,
  UPDATING,
  DELETING,
  ACTIVE
}
