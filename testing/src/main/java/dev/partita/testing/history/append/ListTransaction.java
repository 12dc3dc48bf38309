package dev.partita.testing.history.append;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One transaction of a history. Start and end are places in one order of all requests and answers.
 *
 * @param number names the transaction in reports
 * @param start when the first request was about to be sent
 * @param end when the answer was there; of no meaning for an unknown result
 * @param alone whether it is a read of one item that is no transaction. While a transaction is
 *     being carried out such a read may find it done with one item and another, later, not yet with
 *     the next (developer guide, "Isolation levels for DynamoDB transactions"); so real time orders
 *     it only against what has its list in common with it
 * @param actions in the order in which they take effect; what an unknown transaction read is not
 *     among them, unless it demanded it
 */
public record ListTransaction(
    int number, long start, long end, Result result, boolean alone, List<ListAction> actions) {

  /** How a transaction ended. */
  public enum Result {
    /** It took place. */
    COMMITTED,
    /** It did not, and never will. */
    ABORTED,
    /** Nobody knows. */
    UNKNOWN
  }

  public ListTransaction {
    actions = List.copyOf(actions);
  }

  /** Cheap, since transactions are keys of many maps and hold long lists. */
  @Override
  public int hashCode() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return this == other
        || (other instanceof ListTransaction that
            && number == that.number
            && start == that.start
            && end == that.end
            && result == that.result
            && alone == that.alone
            && actions.equals(that.actions));
  }

  @Override
  public String toString() {
    return (alone ? "R" : "T")
        + number
        + actions.stream().map(ListAction::toString).collect(Collectors.joining(", ", " [", "]"));
  }
}
