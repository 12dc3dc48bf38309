package dev.partita.model.api;

/** What a stream's records hold besides the keys. The names are those on the wire. */
public enum StreamViewType {
  NEW_IMAGE,
  OLD_IMAGE,
  NEW_AND_OLD_IMAGES,
  KEYS_ONLY
}
