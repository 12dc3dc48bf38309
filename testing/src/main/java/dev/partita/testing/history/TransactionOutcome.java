package dev.partita.testing.history;

import dev.partita.testing.reference.Reply;
import java.util.List;

/** How a transaction ended, as far as its client can know. */
public sealed interface TransactionOutcome {

  /** It took place. */
  record Done(Reply reply) implements TransactionOutcome {}

  /**
   * It did not, and never will.
   *
   * @param codes of the reasons, one for each action; one alone if the request as a whole met it
   */
  record Cancelled(List<String> codes) implements TransactionOutcome {
    public Cancelled {
      codes = List.copyOf(codes);
    }
  }

  /** Nobody knows. */
  record Unknown() implements TransactionOutcome {}
}
