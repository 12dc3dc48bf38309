package dev.partita.model.api;

/** Whether a failed condition answers with the item. The names are those on the wire. */
public enum ReturnValuesOnConditionCheckFailure {
  ALL_OLD,
  NONE
}
