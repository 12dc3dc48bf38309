package dev.partita.engine.simulation;

/** How often what went wrong. */
final class FaultCounts {
  int refused;
  int leadersLost;
  int unknown;
  int duplicated;
  int crashes;

  /** Adds another run's. */
  void add(FaultCounts other) {
    refused += other.refused;
    leadersLost += other.leadersLost;
    unknown += other.unknown;
    duplicated += other.duplicated;
    crashes += other.crashes;
  }

  @Override
  public String toString() {
    return "%d crashes, %d refused, %d leaders lost, %d unknown, %d duplicated"
        .formatted(crashes, refused, leadersLost, unknown, duplicated);
  }
}
