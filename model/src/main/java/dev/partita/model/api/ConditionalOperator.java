package dev.partita.model.api;

/** How several legacy conditions are joined; AND unless said. The names are those on the wire. */
public enum ConditionalOperator {
  AND,
  OR
}
