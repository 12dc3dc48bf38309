package dev.partita.protocol;

/** An answer that is not encoded yet. */
public interface WireResponseSource {

  /**
   * Encodes the answer; called once, on the thread that sends it. Never throws: what cannot be
   * encoded becomes an InternalServerError.
   */
  WireResponse encode();

  /** About how many bytes of memory the answer holds until it is encoded. */
  default long retainedBytes() {
    return 0;
  }
}
