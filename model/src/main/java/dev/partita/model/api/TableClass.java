package dev.partita.model.api;

/** The table class: stored and told, without effect. The names are those on the wire. */
public enum TableClass {
  STANDARD,
  STANDARD_INFREQUENT_ACCESS
}
