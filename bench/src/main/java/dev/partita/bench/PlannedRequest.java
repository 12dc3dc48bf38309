package dev.partita.bench;

/** The varying parts of one request; a slot that its owner fills again for every request. */
final class PlannedRequest {
  /** What to send. */
  Operation operation = Operation.PUT;

  /** Whether the item belongs to a collection that Query reads. */
  boolean inCollection;

  /** The key number, or the number of the collection. */
  long key;

  /** The place in the collection, from 0. */
  int position;

  /** Seven digits for the attribute {@code n}: 1,000,000 to 9,999,999. */
  int number;

  /** Takes over another slot's content. */
  void copyFrom(PlannedRequest other) {
    operation = other.operation;
    inCollection = other.inCollection;
    key = other.key;
    position = other.position;
    number = other.number;
  }
}
