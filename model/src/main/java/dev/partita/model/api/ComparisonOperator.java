package dev.partita.model.api;

/** The operators of legacy conditions. The names are those on the wire. */
public enum ComparisonOperator {
  EQ,
  NE,
  IN,
  LE,
  LT,
  GE,
  GT,
  BETWEEN,
  NOT_NULL,
  NULL,
  CONTAINS,
  NOT_CONTAINS,
  BEGINS_WITH
}
