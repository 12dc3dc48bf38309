package dev.partita.model.api;

/** Where in a shard reading starts. The names are those on the wire. */
public enum ShardIteratorType {
  TRIM_HORIZON,
  LATEST,
  AT_SEQUENCE_NUMBER,
  AFTER_SEQUENCE_NUMBER
}
