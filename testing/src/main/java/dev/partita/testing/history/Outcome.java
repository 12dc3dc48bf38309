package dev.partita.testing.history;

import java.util.Optional;

/** How an operation ended. */
public sealed interface Outcome {

  /** It was done; the number that it answered with, if any. */
  record Done(Optional<Long> answer) implements Outcome {}

  /** Its condition failed; the number that the item held then. */
  record Refused(Optional<Long> seen) implements Outcome {}

  /** Nobody knows whether it was done, or ever will be. */
  record Unknown() implements Outcome {}
}
