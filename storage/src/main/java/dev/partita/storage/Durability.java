package dev.partita.storage;

/** When a write counts as done. */
public enum Durability {
  /** Forced to disk (fsync): survives power loss. */
  SYNC,
  /** Handed to the operating system: survives the death of the process, not of the machine. */
  ASYNC,
  /** In memory mode: no write-ahead log, nothing survives the process. */
  NONE
}
