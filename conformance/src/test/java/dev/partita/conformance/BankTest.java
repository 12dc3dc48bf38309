package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.testing.comparison.HttpEndpoint;
import dev.partita.testing.history.bank.BankChecker;
import dev.partita.testing.history.bank.BankOperation;
import dev.partita.testing.history.bank.BankOperation.Result;
import dev.partita.testing.history.bank.BankOperation.Transfer;
import dev.partita.testing.history.bank.BankWorkload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Money that moves between accounts in several tables and replication groups by transactions: none
 * is ever lost or made, whoever looks and whenever the server dies. {@code
 * -Dpartita.bank.operations} and {@code -Dpartita.bank.kills} set how long it goes on.
 */
@ExtendWith(SharedServer.class)
class BankTest {
  private static final int CLIENTS = 6;
  private static final int OPERATIONS_PER_CLIENT =
      Integer.getInteger("partita.bank.operations", 200);
  private static final int KILLS = Integer.getInteger("partita.bank.kills", 3);
  private static final int TABLES = 3;
  private static final int ACCOUNTS = 8;
  private static final Duration DEADLINE = Duration.ofSeconds(60 + OPERATIONS_PER_CLIENT / 4);

  private final long seed = Seeds.next("BankTest");

  private static void open(BankWorkload bank) {
    bank.createTables().forEach(reply -> assertTrue(reply.succeeded(), reply::toString));
    bank.open();
  }

  private void assertRight(BankWorkload bank, List<BankOperation> history) {
    List<String> faults = new BankChecker(bank.initialBalances()).check(history);
    assertEquals(List.of(), faults.subList(0, Math.min(5, faults.size())), "seed " + seed);
    long done = count(history, Result.DONE);
    assertTrue(done > OPERATIONS_PER_CLIENT / 2, done + " transfers were done, seed " + seed);
    assertEquals(0, count(history, Result.UNKNOWN), "a transfer never came to an end");
  }

  private static long count(List<BankOperation> history, Result result) {
    return history.stream()
        .filter(operation -> operation instanceof Transfer t && t.result() == result)
        .count();
  }

  @Test
  void ofOneServer(Server server) {
    HttpEndpoint endpoint = new HttpEndpoint(server.address(), "key", "secret");
    BankWorkload bank = new BankWorkload(endpoint.once(), "bank-" + seed, TABLES, ACCOUNTS);
    open(bank);
    assertRight(bank, bank.run(CLIENTS, OPERATIONS_PER_CLIENT, seed, DEADLINE));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void acrossKills(int replicationGroups, @TempDir Path directory) throws Exception {
    String groups = Integer.toString(replicationGroups);
    try (MortalServer server =
        MortalServer.start(directory.resolve("data"), "--replication-groups", groups)) {
      BankWorkload bank = new BankWorkload(server, "bank", TABLES, ACCOUNTS);
      open(bank);
      CompletableFuture<List<BankOperation>> history =
          CompletableFuture.supplyAsync(
              () -> bank.run(CLIENTS, OPERATIONS_PER_CLIENT, seed, DEADLINE));
      int kills = server.killDuring(history, KILLS, new Random(seed));
      assertRight(bank, history.get(DEADLINE.toSeconds(), TimeUnit.SECONDS));
      assertTrue(kills > 0, "the clients were done before the first kill, seed " + seed);
      assertTrue(server.lostAnswers() > 0, "no request was under way at a kill, seed " + seed);
    }
  }
}
