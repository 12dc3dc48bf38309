package dev.partita.testing.history.append;

/**
 * Something that must not be in a history.
 *
 * @param kind of which class it is
 * @param explanation the transactions and what is wrong with them, readable by people
 */
public record Anomaly(Kind kind, String explanation) {

  /** Classes of anomalies; those of cycles are Adya's, with and without real time. */
  public enum Kind {
    /** A list holds an element that nobody appended. */
    UNKNOWN_ELEMENT("an element from nowhere"),
    /** A list holds an element twice: an append took place twice. */
    DUPLICATE_ELEMENT("an element twice"),
    /** A transaction does not see what it did itself. */
    INTERNAL("a transaction that contradicts itself"),
    /** Two reads of one list, of which neither begins with the other. */
    INCOMPATIBLE_ORDER("two orders of one list"),
    /** A read of what an aborted transaction appended. */
    G1A("G1a, aborted read"),
    /** A read in the middle of another transaction's appends. */
    G1B("G1b, intermediate read"),
    /** A cycle of writes after writes. */
    G0("G0, dirty write"),
    /** A cycle of writes and reads after writes. */
    G1C("G1c, circular information flow"),
    /** A cycle with one write after a read: a read of two states at once. */
    G_SINGLE("G-single, read skew"),
    /** A cycle with several writes after reads: write skew. */
    G2("G2, anti-dependency cycle"),
    /** A cycle of writes after writes and of real time. */
    G0_REAL_TIME("G0 with real time"),
    /** A cycle of writes and reads after writes and of real time. */
    G1C_REAL_TIME("G1c with real time"),
    /** A cycle with one write after a read and real time: a stale read, or a lost write. */
    G_SINGLE_REAL_TIME("G-single with real time, stale read"),
    /** A cycle with several writes after reads and real time. */
    G2_REAL_TIME("G2 with real time");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  @Override
  public String toString() {
    return kind.words + ": " + explanation;
  }
}
