package dev.partita.conformance.durability;

/**
 * A table of the load.
 *
 * @param itemVersion the version of its one item; 0 for none
 */
record TableState(boolean exists, boolean isProtected, int itemVersion) {
  static final TableState ABSENT = new TableState(false, false, 0);
  static final TableState EMPTY = new TableState(true, false, 0);
}
