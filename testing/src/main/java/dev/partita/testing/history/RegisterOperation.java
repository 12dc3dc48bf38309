package dev.partita.testing.history;

import java.util.Optional;

/** An operation on one item that holds a number, or is missing. */
public sealed interface RegisterOperation {

  /** A strongly consistent read; answers with the number. */
  record Read() implements RegisterOperation {}

  /** An unconditional put. */
  record Write(long number) implements RegisterOperation {}

  /** A put on the condition that the item holds that number, or is missing. */
  record CompareAndSet(Optional<Long> expected, long number) implements RegisterOperation {}

  /** An atomic addition, which takes a missing item for zero; answers with the sum. */
  record Add(long summand) implements RegisterOperation {}

  /** A delete; answers with the number that was there. */
  record Delete() implements RegisterOperation {}

  /** What the item holds after the operation, if it holds this before. */
  default Optional<Long> apply(Optional<Long> before) {
    return switch (this) {
      case Read read -> before;
      case Write write -> Optional.of(write.number());
      case CompareAndSet swap ->
          before.equals(swap.expected()) ? Optional.of(swap.number()) : before;
      case Add add -> Optional.of(before.orElse(0L) + add.summand());
      case Delete delete -> Optional.empty();
    };
  }

  /** Whether the answer is the right one for an item that holds this before the operation. */
  default boolean allows(Optional<Long> before, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Unknown unknown -> true;
      case Outcome.Refused refused ->
          this instanceof CompareAndSet swap
              && !before.equals(swap.expected())
              && refused.seen().equals(before);
      case Outcome.Done done ->
          switch (this) {
            case Read read -> done.answer().equals(before);
            case Write write -> true;
            case CompareAndSet swap -> before.equals(swap.expected());
            case Add add -> done.answer().equals(apply(before));
            case Delete delete -> done.answer().equals(before);
          };
    };
  }
}
