package dev.partita.model.api;

/** How much an answer tells of the capacity used. The names are those on the wire. */
public enum ReturnConsumedCapacity {
  INDEXES,
  TOTAL,
  NONE
}
