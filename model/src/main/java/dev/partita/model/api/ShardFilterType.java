package dev.partita.model.api;

/** What a {@link ShardFilter} looks at. The names are those on the wire. */
public enum ShardFilterType {
  CHILD_SHARDS
}
