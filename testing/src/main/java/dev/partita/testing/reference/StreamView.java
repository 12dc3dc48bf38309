package dev.partita.testing.reference;

/** What the records of a stream show of an item: StreamViewType. */
public enum StreamView {
  KEYS_ONLY,
  NEW_IMAGE,
  OLD_IMAGE,
  NEW_AND_OLD_IMAGES
}
