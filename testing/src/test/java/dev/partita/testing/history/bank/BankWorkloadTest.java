package dev.partita.testing.history.bank;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.Endpoint;
import dev.partita.testing.history.FakeServer;
import dev.partita.testing.history.bank.BankOperation.Result;
import dev.partita.testing.history.bank.BankOperation.Transfer;
import dev.partita.testing.reference.Mutation;
import dev.partita.testing.reference.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The bank on servers that are right, unreliable or wrong. */
class BankWorkloadTest {

  private static final long SEED = 7;

  private static BankWorkload bank(FakeServer server, Endpoint endpoint) {
    BankWorkload prepared = new BankWorkload(server, "bank", 3, 6);
    assertTrue(prepared.createTables().stream().allMatch(Reply::succeeded));
    prepared.open();
    return new BankWorkload(endpoint, "bank", 3, 6);
  }

  private static List<BankOperation> history(BankWorkload bank) {
    return bank.run(5, 150, SEED, Duration.ofSeconds(60));
  }

  private static List<String> faults(FakeServer server, Endpoint endpoint) {
    BankWorkload bank = bank(server, endpoint);
    return new BankChecker(bank.initialBalances()).check(history(bank));
  }

  /** Whether the history has faults, or a transfer that was done was done again and refused. */
  private static boolean isFoundWrong(FakeServer server, Endpoint endpoint) {
    try {
      return !faults(server, endpoint).isEmpty();
    } catch (IllegalStateException found) {
      return String.valueOf(found.getCause()).contains("is done again");
    }
  }

  private static long count(List<BankOperation> history, Result result) {
    return history.stream().filter(o -> o instanceof Transfer t && t.result() == result).count();
  }

  @Test
  void aRightServerHasNoFaults() {
    FakeServer server = new FakeServer(Mutation.NONE);
    BankWorkload bank = bank(server, server);
    List<BankOperation> history = history(bank);
    assertEquals(List.of(), new BankChecker(bank.initialBalances()).check(history));
    assertTrue(count(history, Result.DONE) > 100);
    assertTrue(count(history, Result.REFUSED) > 5);
    assertEquals(0, count(history, Result.UNKNOWN));
  }

  @Test
  void lostAnswersDoNotMakeAServerWrong() {
    FakeServer server = new FakeServer(Mutation.NONE);
    BankWorkload bank = bank(server, FakeServer.unreliable(server, SEED));
    List<BankOperation> history = history(bank);
    assertEquals(List.of(), new BankChecker(bank.initialBalances()).check(history));
    assertEquals(0, count(history, Result.UNKNOWN));
  }

  @Test
  void aForgottenTokenIsFound() {
    FakeServer server = new FakeServer(Mutation.TRANSACTION_TOKEN_FORGOTTEN);
    assertTrue(isFoundWrong(server, FakeServer.unreliable(server, SEED)));
  }

  @Test
  void tornTransactionsAreFound() {
    FakeServer server = new FakeServer(Mutation.NONE);
    assertTrue(isFoundWrong(server, FakeServer.tearingReads(server)));
    FakeServer other = new FakeServer(Mutation.NONE);
    assertTrue(isFoundWrong(other, FakeServer.tearingWrites(other)));
    FakeServer third = new FakeServer(Mutation.TRANSACTION_NOT_ATOMIC);
    assertTrue(isFoundWrong(third, third));
  }

  @Test
  void staleReadsAndLostWritesAreFound() {
    FakeServer server = new FakeServer(Mutation.NONE);
    assertTrue(isFoundWrong(server, FakeServer.stale(server)));
    FakeServer other = new FakeServer(Mutation.NONE);
    assertTrue(isFoundWrong(other, FakeServer.forgetful(other, SEED)));
  }

  @Test
  void overdrawnAccountsAreFound() {
    FakeServer server = new FakeServer(Mutation.NONE);
    List<String> faults = faults(server, FakeServer.careless(server));
    assertTrue(faults.stream().anyMatch(fault -> fault.contains("below zero")));
  }

  @Test
  void anUnexpectedErrorStopsTheWorkload() {
    FakeServer server = new FakeServer(Mutation.NONE);
    Endpoint broken =
        operation -> {
          Reply reply = server.send(operation);
          return new Reply(400, "ValidationException", "no", reply.body());
        };
    assertThrows(IllegalStateException.class, () -> history(bank(server, broken)));
  }
}
