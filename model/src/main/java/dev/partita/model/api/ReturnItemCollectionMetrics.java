package dev.partita.model.api;

/** Whether an answer tells the size of the item collection. The names are those on the wire. */
public enum ReturnItemCollectionMetrics {
  SIZE,
  NONE
}
