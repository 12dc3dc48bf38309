package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** Capacity units of a table or an index. Transactions and PartiQL also tell the parts. */
public record Capacity(
    double capacityUnits, @Nullable Double readCapacityUnits, @Nullable Double writeCapacityUnits) {

  /** Capacity whose parts are not told. */
  public Capacity(double capacityUnits) {
    this(capacityUnits, null, null);
  }
}
