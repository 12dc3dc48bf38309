package dev.partita.engine.transaction;

import static dev.partita.engine.transaction.SteppedGroups.COUNT;
import static dev.partita.engine.transaction.SteppedGroups.action;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.RandomSource;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionCommand;
import dev.partita.replication.AppendOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransactionRecoveryTest {
  private static final ReplicationGroupId FIRST = new ReplicationGroupId(1);
  private static final ReplicationGroupId SECOND = new ReplicationGroupId(2);

  private final SteppedGroups groups = new SteppedGroups(2);
  private final TransactionCoordinator coordinator = coordinator();

  private TransactionCoordinator coordinator() {
    return new TransactionCoordinator(
        groups,
        groups.scheduler(),
        RandomSource.SYSTEM,
        TransactionFaults.NONE,
        TransactionLimits.DEFAULT);
  }

  @BeforeEach
  void startRecovery() {
    new TransactionRecovery(coordinator, groups.clock).start();
  }

  /** A transaction of a coordinator that another node lost: this one's recovery knows it not. */
  private List<Outcome> writeElsewhere() {
    List<Outcome> outcomes = new ArrayList<>();
    coordinator()
        .write(
            new Transaction(List.of(action(1, "a", COUNT), action(2, "b", COUNT)), null),
            outcomes::add);
    return outcomes;
  }

  private void loseWhatFollows(Class<?> step) {
    groups.onTheWay = command -> step.isInstance(command) ? lost(command) : command;
  }

  /** The command arrives as one that does nothing; its answer never comes. */
  private static TransactionCommand lost(Object ignored) {
    return new TransactionCommand.ForgetTransactions(List.of(), _ -> {});
  }

  @Test
  void whatWasNotDecidedIsCancelledAfterAWhile() {
    loseWhatFollows(TransactionCommand.CommitTransaction.class);
    writeElsewhere();
    groups.run();
    groups.pass(3_000);
    assertEquals(new Outcome.TransactionConflict(), groups.write(1, "a"));
    assertEquals(new Outcome.TransactionConflict(), groups.write(2, "b"));
    groups.pass(5_000);
    assertNull(groups.value(1, "a"));
    assertInstanceOf(Outcome.Applied.class, groups.write(1, "a"));
    assertInstanceOf(Outcome.Applied.class, groups.write(2, "b"));
  }

  @Test
  void whatWasDecidedIsFinishedAfterAWhile() {
    loseWhatFollows(TransactionCommand.FinishTransaction.class);
    writeElsewhere();
    groups.run();
    groups.onTheWay = command -> command;
    assertEquals("x", groups.value(1, "a"));
    assertNull(groups.value(2, "b"));
    groups.pass(8_000);
    assertEquals("x", groups.value(2, "b"));
    assertTrue(groups.committedTransactions(FIRST).isEmpty());
    assertTrue(groups.pendingTransactions(SECOND).isEmpty());
    assertEquals(0, groups.transactionRecords());
  }

  @Test
  void decisionsThatWereNotForgottenAreForgottenLater() {
    loseWhatFollows(TransactionCommand.ForgetTransactions.class);
    List<Outcome> outcomes = writeElsewhere();
    groups.run();
    groups.pass(200);
    groups.onTheWay = command -> command;
    assertInstanceOf(Outcome.TransactionApplied.class, outcomes.getFirst());
    assertEquals(1, groups.committedTransactions(FIRST).size());
    groups.pass(8_000);
    assertTrue(groups.committedTransactions(FIRST).isEmpty());
    assertEquals("x", groups.value(2, "b"));
  }

  @Test
  void transactionsOfThisCoordinatorAreLeftAlone() {
    loseWhatFollows(TransactionCommand.CommitTransaction.class);
    List<Outcome> outcomes = new ArrayList<>();
    coordinator.write(
        new Transaction(List.of(action(1, "a", COUNT), action(2, "b", COUNT)), null),
        outcomes::add);
    groups.run();
    groups.pass(20_000);
    assertEquals(new Outcome.TransactionConflict(), groups.write(1, "a"));
    assertTrue(outcomes.isEmpty());
  }

  @Test
  void aCommitWhoseOutcomeIsUnknownIsLeftToTheLedger() {
    List<Outcome> outcomes = new ArrayList<>();
    coordinator.write(
        new Transaction(List.of(action(1, "a", COUNT), action(2, "b", COUNT)), null),
        outcomes::add);
    while (groups.pendingTransactions(SECOND).isEmpty()
        || groups.pendingTransactions(FIRST).isEmpty()) {
      groups.step();
    }
    groups.logs.get(0).hold();
    groups.run();
    groups.logs.get(0).flow();
    groups.logs.get(0).release(new AppendOutcome.Unknown());
    assertEquals(List.of(new Outcome.Unknown()), outcomes);
    // The entry was not applied: the ledger of this store has decided nothing.
    groups.crash();
    new TransactionRecovery(coordinator(), groups.clock).start();
    groups.run();
    assertNull(groups.value(1, "a"));
    assertNull(groups.value(2, "b"));
    assertInstanceOf(Outcome.Applied.class, groups.write(2, "b"));
  }

  @Test
  void oldTokensAreSwept() {
    for (int i = 0; i < 3; i++) {
      List<Outcome> outcomes = new ArrayList<>();
      coordinator.write(
          new Transaction(
              List.of(action(1, "a", COUNT), action(2, "b", COUNT)), Tokens.named("t" + i)),
          outcomes::add);
      groups.run();
      assertInstanceOf(Outcome.TransactionApplied.class, outcomes.getFirst());
    }
    groups.pass(9 * 60_000);
    assertEquals(6, groups.transactionRecords());
    groups.pass(2 * 60_000);
    assertEquals(0, groups.transactionRecords());
  }
}
