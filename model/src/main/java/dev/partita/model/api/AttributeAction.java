package dev.partita.model.api;

/** What a legacy update does; PUT unless said. The names are those on the wire. */
public enum AttributeAction {
  ADD,
  PUT,
  DELETE
}
