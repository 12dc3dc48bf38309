package dev.partita.testing.history.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.history.bank.BankOperation.Result;
import dev.partita.testing.history.bank.BankOperation.Snapshot;
import dev.partita.testing.history.bank.BankOperation.Transfer;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Small histories of a bank with the accounts a, b and c, which hold 10 each at first. */
class BankCheckerTest {

  private static SortedMap<String, Long> balances(long a, long b, long c) {
    return new TreeMap<>(java.util.Map.of("a", a, "b", b, "c", c));
  }

  private static List<String> check(BankOperation... history) {
    return new BankChecker(balances(10, 10, 10)).check(Arrays.asList(history));
  }

  private static void assertGood(BankOperation... history) {
    assertEquals(List.of(), check(history));
  }

  private static void assertFault(String words, BankOperation... history) {
    List<String> faults = check(history);
    assertTrue(faults.stream().anyMatch(fault -> fault.contains(words)), faults::toString);
  }

  private static Snapshot look(long start, long end, long a, long b, long c) {
    return new Snapshot(start, end, balances(a, b, c));
  }

  /** From a to b. */
  private static Transfer transfer(long start, long end, long amount, Result result) {
    SortedMap<String, Long> changes = new TreeMap<>();
    changes.put("a", -amount);
    changes.put("b", amount);
    return new Transfer(start, end, changes, result);
  }

  @Test
  void transfersAreSeenFromTheirEndOn() {
    assertGood(look(1, 2, 10, 10, 10), transfer(3, 4, 3, Result.DONE), look(5, 6, 7, 13, 10));
    assertFault("a must have 7 to 7", transfer(3, 4, 3, Result.DONE), look(5, 6, 10, 10, 10));
  }

  @Test
  void transfersUnderwayAreSeenOrNot() {
    assertGood(transfer(3, 9, 3, Result.DONE), look(4, 5, 10, 10, 10), look(6, 7, 7, 13, 10));
    assertFault("a must have 10 to 10", look(1, 2, 7, 13, 10), transfer(3, 9, 3, Result.DONE));
  }

  @Test
  void refusedTransfersAreNotSeen() {
    assertGood(transfer(1, 2, 3, Result.REFUSED), look(3, 4, 10, 10, 10));
    assertFault("b must have 10 to 10", transfer(1, 2, 3, Result.REFUSED), look(3, 4, 7, 13, 10));
  }

  @Test
  void unknownTransfersMayHappenLateOrNever() {
    assertGood(transfer(1, 2, 3, Result.UNKNOWN), look(3, 4, 10, 10, 10), look(5, 6, 7, 13, 10));
    assertFault("a must have 7 to 10", transfer(1, 2, 3, Result.UNKNOWN), look(3, 4, 4, 16, 10));
  }

  @Test
  void aTransferHappensOnce() {
    assertFault("a must have 7 to 7", transfer(1, 2, 3, Result.DONE), look(3, 4, 4, 16, 10));
  }

  @Test
  void nothingIsTornOrOverdrawn() {
    assertFault("a total of 27", transfer(1, 9, 3, Result.DONE), look(3, 4, 7, 10, 10));
    assertFault("a is below zero", transfer(1, 2, 13, Result.DONE), look(3, 4, -3, 23, 10));
  }

  @Test
  void noAccountIsMissing() {
    SortedMap<String, Long> two = balances(10, 20, 0);
    two.remove("c");
    assertFault("other accounts", new Snapshot(1, 2, two));
  }
}
