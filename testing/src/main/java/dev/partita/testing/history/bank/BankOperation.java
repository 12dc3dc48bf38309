package dev.partita.testing.history.bank;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** One operation of a history. Start and end are places in one order of requests and answers. */
public sealed interface BankOperation {

  /** Before the first request was sent. */
  long start();

  /** After the last answer had come. */
  long end();

  /** How a transfer ended. */
  enum Result {
    /** The money has moved. */
    DONE,
    /** It has not, and never will. */
    REFUSED,
    /** Nobody knows. */
    UNKNOWN
  }

  /**
   * Money moves between accounts.
   *
   * @param changes what each account gains; together nothing
   */
  record Transfer(long start, long end, SortedMap<String, Long> changes, Result result)
      implements BankOperation {
    public Transfer {
      changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    }
  }

  /** A look at all accounts at once; those that were not there are missing. */
  record Snapshot(long start, long end, SortedMap<String, Long> balances) implements BankOperation {
    public Snapshot {
      balances = Collections.unmodifiableSortedMap(new TreeMap<>(balances));
    }
  }
}
