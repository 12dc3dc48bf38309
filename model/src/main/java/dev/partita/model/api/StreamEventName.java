package dev.partita.model.api;

/** What happened to an item. The names are those on the wire. */
public enum StreamEventName {
  INSERT,
  MODIFY,
  REMOVE
}
