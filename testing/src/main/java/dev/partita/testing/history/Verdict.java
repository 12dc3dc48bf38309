package dev.partita.testing.history;

import java.util.List;

/** Whether a history is linearizable. */
public sealed interface Verdict {

  /** There is an order of the operations that explains all answers. */
  record Linearizable() implements Verdict {}

  /**
   * There is none.
   *
   * @param item the item whose answers cannot be explained
   * @param explained the longest order of its operations that was found to be possible
   * @param contradiction operations of which one would have to come next, and cannot
   */
  record Violated(
      String item, List<RecordedOperation> explained, List<RecordedOperation> contradiction)
      implements Verdict {
    public Violated {
      explained = List.copyOf(explained);
      contradiction = List.copyOf(contradiction);
    }
  }

  /** The search was given up after that many steps. */
  record GivenUp(String item, long steps) implements Verdict {}
}
