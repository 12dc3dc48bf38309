package dev.partita.testing.history.bank;

import dev.partita.testing.history.bank.BankOperation.Result;
import dev.partita.testing.history.bank.BankOperation.Snapshot;
import dev.partita.testing.history.bank.BankOperation.Transfer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges the history of a bank. A look at all accounts must find all of them, the total, no balance
 * below zero, and in each account what can be there: all transfers that had been acknowledged
 * before, none that began later, and of those underway any.
 */
public final class BankChecker {

  private final SortedMap<String, Long> initial;
  private final long total;

  /**
   * @param initial the balances at first
   */
  public BankChecker(SortedMap<String, Long> initial) {
    this.initial = Collections.unmodifiableSortedMap(new TreeMap<>(initial));
    this.total = initial.values().stream().mapToLong(Long::longValue).sum();
  }

  /** What is wrong, readable by people; empty if nothing is. */
  public List<String> check(List<BankOperation> history) {
    List<Transfer> transfers = new ArrayList<>();
    for (BankOperation operation : history) {
      if (operation instanceof Transfer transfer && transfer.result() != Result.REFUSED) {
        transfers.add(transfer);
      }
    }
    List<String> faults = new ArrayList<>();
    for (BankOperation operation : history) {
      if (operation instanceof Snapshot snapshot) {
        check(snapshot, transfers, faults);
      }
    }
    return faults;
  }

  private void check(Snapshot snapshot, List<Transfer> transfers, List<String> faults) {
    if (!snapshot.balances().keySet().equals(initial.keySet())) {
      faults.add("other accounts than " + initial.keySet() + " in " + snapshot);
      return;
    }
    long sum = snapshot.balances().values().stream().mapToLong(Long::longValue).sum();
    if (sum != total) {
      faults.add("a total of %d, not %d, in %s".formatted(sum, total, snapshot));
    }
    snapshot
        .balances()
        .forEach((account, balance) -> {
          if (balance < 0) {
            faults.add("%s is below zero in %s".formatted(account, snapshot));
          }
        });
    SortedMap<String, Long> least = new TreeMap<>(initial);
    SortedMap<String, Long> most = new TreeMap<>(initial);
    for (Transfer transfer : transfers) {
      boolean before = transfer.result() == Result.DONE && transfer.end() < snapshot.start();
      if (transfer.start() < snapshot.end()) {
        transfer
            .changes()
            .forEach((account, change) -> {
              least.merge(account, before ? change : Math.min(change, 0), Long::sum);
              most.merge(account, before ? change : Math.max(change, 0), Long::sum);
            });
      }
    }
    snapshot
        .balances()
        .forEach((account, balance) -> {
          long low = least.getOrDefault(account, 0L);
          long high = most.getOrDefault(account, 0L);
          if (balance < low || balance > high) {
            faults.add(
                "%s must have %d to %d, from the transfers until then, in %s"
                    .formatted(account, low, high, snapshot));
          }
        });
  }
}
