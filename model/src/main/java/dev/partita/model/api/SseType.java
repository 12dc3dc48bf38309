package dev.partita.model.api;

/** The kind of encryption at rest. The names are those on the wire. */
public enum SseType {
  AES256,
  KMS
}
