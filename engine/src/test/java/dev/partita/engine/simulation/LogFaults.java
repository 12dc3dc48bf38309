package dev.partita.engine.simulation;

/**
 * How a simulated log behaves; the numbers are of a million entries.
 *
 * @param delayMicrosMax how long an entry takes at most
 * @param refused of which certainly nothing is applied
 * @param leaderLost after which the log refuses for a while
 * @param unknownApplied that are applied although nobody is told
 * @param unknownLost that are lost, and nobody is told
 * @param unknownLate that are applied some time after it was said that nobody knows
 * @param duplicated that arrive once more later
 */
record LogFaults(
    int delayMicrosMax,
    int refused,
    int leaderLost,
    int unknownApplied,
    int unknownLost,
    int unknownLate,
    int duplicated) {

  /** Entries take their time, and that is all. */
  static LogFaults none(int delayMicrosMax) {
    return new LogFaults(delayMicrosMax, 0, 0, 0, 0, 0, 0);
  }
}
