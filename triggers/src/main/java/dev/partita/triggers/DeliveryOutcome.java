package dev.partita.triggers;

import java.util.Set;

/** What became of a batch that was handed to a {@link TriggerHandler}. */
public sealed interface DeliveryOutcome {

  /** The handler has taken all records. */
  record Delivered() implements DeliveryOutcome {}

  /**
   * The handler has taken nothing for sure.
   *
   * @param cause for the log and the dead-letter file
   */
  record Failed(String cause) implements DeliveryOutcome {}

  /**
   * The handler has taken the records before the first of these; that one and all after it are
   * delivered again.
   *
   * @param sequenceNumbers of records of the batch; one that is none of the batch fails it whole
   */
  record PartlyFailed(Set<String> sequenceNumbers) implements DeliveryOutcome {

    /** Copies the set. */
    public PartlyFailed {
      sequenceNumbers = Set.copyOf(sequenceNumbers);
    }
  }
}
