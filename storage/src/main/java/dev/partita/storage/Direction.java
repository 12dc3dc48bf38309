package dev.partita.storage;

/** The way a {@link Cursor} walks. */
public enum Direction {
  FORWARD,
  BACKWARD
}
