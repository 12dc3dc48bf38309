package dev.partita.triggers;

/** What a change did to its item. */
public enum EventName {
  /** The item is new. */
  INSERT,
  /** The item was there before and is another now. */
  MODIFY,
  /** The item is gone. */
  REMOVE
}
