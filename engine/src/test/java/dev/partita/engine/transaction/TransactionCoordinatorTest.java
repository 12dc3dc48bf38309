package dev.partita.engine.transaction;

import static dev.partita.engine.transaction.SteppedGroups.COUNT;
import static dev.partita.engine.transaction.SteppedGroups.FAIL;
import static dev.partita.engine.transaction.SteppedGroups.action;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.RandomSource;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TokenClaim;
import dev.partita.engine.partition.TransactionCommand;
import dev.partita.engine.partition.TransactionItem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TransactionCoordinatorTest {
  private static final int GROUPS = 3;
  private static final TransactionLimits LIMITS = new TransactionLimits(3, 100);

  /** More than any transaction here needs. */
  private static final int STEPS_MAX = 60;

  private final SteppedGroups groups = new SteppedGroups(GROUPS);
  private final Held held = new Held();
  private TransactionCoordinator coordinator = coordinator();

  /** Holds coordinators while it is told to. */
  private static final class Held implements TransactionFaults {
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    boolean holds;

    @Override
    public boolean holds(Transaction transaction) {
      return holds;
    }

    @Override
    public void hold(Transaction transaction, Runnable decide) {
      waiting.add(decide);
    }
  }

  private TransactionCoordinator coordinator() {
    return new TransactionCoordinator(
        groups, groups.scheduler(), RandomSource.SYSTEM, held, LIMITS);
  }

  /** A token that the ledger of {@code group} keeps. */
  private TokenClaim tokenOf(int group) {
    int number = 0;
    while (!groups
        .ledgerOf(Tokens.named("t" + number).name())
        .equals(new ReplicationGroupId(group))) {
      number++;
    }
    return Tokens.named("t" + number);
  }

  private List<Outcome> write(@Nullable TokenClaim token, PlannedAction... actions) {
    List<Outcome> outcomes = new ArrayList<>();
    coordinator.write(new Transaction(List.of(actions), token), outcomes::add);
    return outcomes;
  }

  private Outcome run(@Nullable TokenClaim token, PlannedAction... actions) {
    List<Outcome> outcomes = write(token, actions);
    groups.run();
    assertEquals(1, outcomes.size());
    return outcomes.getFirst();
  }

  private void assertNothingLeft(int tokens) {
    groups.pass(100);
    assertEquals(2 * tokens, groups.transactionRecords());
    for (ReplicationGroupId group : groups.ids()) {
      assertTrue(groups.pendingTransactions(group).isEmpty());
      assertTrue(groups.committedTransactions(group).isEmpty());
    }
    assertEquals(0, coordinator.activeCount());
  }

  @Test
  void oneGroupNeedsOneEntry() {
    int before = groups.entries();
    assertInstanceOf(
        Outcome.TransactionApplied.class,
        run(tokenOf(1), action(1, "a", COUNT), action(1, "b", COUNT)));
    assertEquals(before + 1, groups.entries());
    assertNothingLeft(1);
  }

  @Test
  void severalGroupsAreWrittenAllOrNone() {
    Outcome.TransactionApplied applied =
        assertInstanceOf(
            Outcome.TransactionApplied.class,
            run(null, action(1, "a", COUNT), action(2, "b", COUNT), action(1, "c", COUNT)));
    assertEquals(3, applied.items().size());
    assertEquals("x", groups.value(1, "a"));
    assertEquals("x", groups.value(2, "b"));
    assertEquals("x", groups.value(1, "c"));
    assertNothingLeft(0);
  }

  @Test
  void reasonsComeInTheOrderOfTheActions() {
    Outcome.TransactionCanceled canceled =
        assertInstanceOf(
            Outcome.TransactionCanceled.class,
            run(
                null,
                action(1, "a", COUNT),
                action(2, "b", FAIL),
                action(3, "c", COUNT),
                action(1, "d", FAIL)));
    assertInstanceOf(Outcome.Applied.class, canceled.items().get(0));
    assertInstanceOf(Outcome.ConditionFailed.class, canceled.items().get(1));
    assertInstanceOf(Outcome.Applied.class, canceled.items().get(2));
    assertInstanceOf(Outcome.ConditionFailed.class, canceled.items().get(3));
    assertNull(groups.value(1, "a"));
    assertNull(groups.value(3, "c"));
    assertNothingLeft(0);
    assertInstanceOf(Outcome.Applied.class, groups.write(3, "c"));
  }

  @Test
  void aTokenIsKeptByItsGroupWhereverTheItemsAre() {
    for (int ledger = 1; ledger <= GROUPS; ledger++) {
      PlannedAction[] actions = {action(1, "a", COUNT), action(2, "b", COUNT)};
      assertInstanceOf(Outcome.TransactionApplied.class, run(tokenOf(ledger), actions));
      assertEquals(new Outcome.TokenReplayed(List.of(2, 2)), run(tokenOf(ledger), actions));
    }
    assertEquals("xxx", groups.value(1, "a"));
    assertEquals("xxx", groups.value(2, "b"));
    assertNothingLeft(3);
  }

  @Test
  void aTokenThatIsBeingUsedIsToldSo() {
    TokenClaim token = tokenOf(3);
    held.holds = true;
    List<Outcome> first = write(token, action(1, "a", COUNT), action(2, "b", COUNT));
    groups.run();
    held.holds = false;
    assertEquals(new Outcome.TokenInProgress(), run(token, action(1, "a", COUNT)));
    held.waiting.remove().run();
    groups.run();
    assertInstanceOf(Outcome.TransactionApplied.class, first.getFirst());
    assertInstanceOf(Outcome.TokenReplayed.class, run(token, action(1, "a", COUNT)));
    assertEquals("x", groups.value(1, "a"));
    assertNothingLeft(1);
  }

  @Test
  void aHeldCoordinatorBlocksOnlyItsOwnItems() {
    held.holds = true;
    List<Outcome> first = write(null, action(1, "a", COUNT), action(2, "b", COUNT));
    List<Outcome> second = write(null, action(1, "d", COUNT));
    groups.run();
    held.holds = false;
    assertEquals(new Outcome.TransactionConflict(), groups.write(1, "a"));
    assertEquals(new Outcome.TransactionConflict(), groups.write(2, "b"));
    assertEquals(new Outcome.TransactionConflict(), groups.write(1, "d"));
    assertInstanceOf(Outcome.Applied.class, groups.write(1, "c"));
    assertInstanceOf(
        Outcome.TransactionApplied.class, run(null, action(1, "c", COUNT), action(2, "c", COUNT)));
    Outcome.TransactionCanceled canceled =
        assertInstanceOf(
            Outcome.TransactionCanceled.class,
            run(null, action(3, "c", COUNT), action(2, "b", COUNT)));
    assertInstanceOf(Outcome.Applied.class, canceled.items().get(0));
    assertEquals(new Outcome.TransactionConflict(), canceled.items().get(1));
    assertNull(groups.value(1, "a"));
    held.waiting.forEach(Runnable::run);
    groups.run();
    assertInstanceOf(Outcome.TransactionApplied.class, first.getFirst());
    assertInstanceOf(Outcome.TransactionApplied.class, second.getFirst());
    assertEquals("x", groups.value(2, "b"));
    assertNothingLeft(0);
  }

  @Test
  void tooManyAreTurnedAway() {
    held.holds = true;
    write(null, action(1, "a", COUNT), action(2, "a", COUNT));
    write(null, action(1, "b", COUNT), action(2, "b", COUNT));
    write(null, action(1, "d", COUNT));
    groups.run();
    assertEquals(
        List.of(new Outcome.Overloaded()),
        write(null, action(1, "c", COUNT), action(2, "c", COUNT)));
    held.waiting.forEach(Runnable::run);
    groups.run();
    held.holds = false;
    assertInstanceOf(
        Outcome.TransactionApplied.class, run(null, action(1, "c", COUNT), action(2, "c", COUNT)));
    assertNothingLeft(0);
  }

  @Test
  void whatIsPlannedForAnotherPlaceLetsGo() {
    PlannedAction lost =
        new PlannedAction(
            new ReplicationGroupId(2),
            new TransactionItem(new PartitionId(9), 2, 1, SteppedGroups.key(2, "b"), COUNT),
            1);
    assertEquals(new Outcome.WrongPartition(), run(null, action(1, "a", COUNT), lost));
    assertInstanceOf(Outcome.Applied.class, groups.write(1, "a"));
    assertNothingLeft(0);
  }

  @Test
  void aGroupThatTakesNoWritesCancels() {
    groups.logs.get(1).refuse(true);
    assertInstanceOf(
        Outcome.Unavailable.class, run(null, action(1, "a", COUNT), action(2, "b", COUNT)));
    assertInstanceOf(
        Outcome.Unavailable.class, run(null, action(2, "b", COUNT), action(1, "a", COUNT)));
    groups.logs.get(1).refuse(false);
    assertInstanceOf(Outcome.Applied.class, groups.write(1, "a"));
    assertInstanceOf(Outcome.Applied.class, groups.write(2, "b"));
    assertNothingLeft(0);
  }

  @Test
  void aGroupThatCannotFinishIsAskedAgain() {
    held.holds = true;
    List<Outcome> outcomes = write(null, action(1, "a", COUNT), action(2, "b", COUNT));
    groups.run();
    groups.logs.get(1).refuse(true);
    held.waiting.remove().run();
    groups.run();
    assertTrue(outcomes.isEmpty());
    assertEquals("x", groups.value(1, "a"));
    groups.logs.get(1).refuse(false);
    groups.pass(150);
    assertInstanceOf(Outcome.TransactionApplied.class, outcomes.getFirst());
    assertEquals("x", groups.value(2, "b"));
    assertNothingLeft(0);
  }

  @Test
  void commandsThatArriveTwiceDoNoHarm() {
    groups.onTheWay =
        command -> {
          GroupCommand copy = copy(command);
          if (copy != null) {
            groups.onTheWay = again -> again;
            groups.submit(groupOf(command), copy);
          }
          return command;
        };
    for (int round = 1; round <= 3; round++) {
      assertInstanceOf(
          Outcome.TransactionApplied.class,
          run(tokenOf(round), action(1, "a", COUNT), action(2, "b", COUNT)));
    }
    assertEquals("xxx", groups.value(1, "a"));
    assertEquals("xxx", groups.value(2, "b"));
    assertNothingLeft(3);
  }

  private static ReplicationGroupId groupOf(GroupCommand command) {
    return command instanceof TransactionCommand.PrepareTransaction prepare
            && !prepare.items().isEmpty()
        ? new ReplicationGroupId(prepare.items().getFirst().tableId())
        : new ReplicationGroupId(1);
  }

  private static @Nullable GroupCommand copy(GroupCommand command) {
    Consumer<Outcome> nobody = _ -> {};
    return command instanceof TransactionCommand.PrepareTransaction prepare
        ? new TransactionCommand.PrepareTransaction(
            prepare.id(),
            prepare.ledger(),
            prepare.isLedger(),
            prepare.items(),
            prepare.token(),
            prepare.queuedBytes(),
            nobody)
        : null;
  }

  /** A crash after any number of steps leaves all or nothing, and what was answered stays so. */
  @Test
  void aCrashAtAnyPointLeavesAllOrNothing() {
    boolean[] endings = new boolean[2];
    for (int ledger = 1; ledger <= GROUPS; ledger++) {
      for (int count = 0; count < STEPS_MAX; count++) {
        endings[crashAfter(count, tokenOf(ledger), ledger + "/" + count) ? 1 : 0] = true;
      }
    }
    assertTrue(endings[0] && endings[1], "crashes before and after the decision");
  }

  private boolean crashAfter(int stepCount, TokenClaim token, String name) {
    PlannedAction[] actions = {action(1, name, COUNT), action(2, name, COUNT)};
    List<Outcome> outcomes = write(token, actions);
    for (int step = 0; step < stepCount; step++) {
      if (!groups.step()) {
        groups.pass(60);
      }
    }
    boolean answered = !outcomes.isEmpty();
    groups.crash();
    coordinator = coordinator();
    TransactionRecovery recovery = new TransactionRecovery(coordinator, groups.clock);
    recovery.start();
    groups.run();
    groups.pass(8_000);
    boolean committed = groups.value(1, name) != null;
    assertEquals(groups.value(1, name), groups.value(2, name), name);
    if (answered) {
      assertEquals("x", groups.value(1, name), name);
    }
    Outcome again = run(token, actions);
    assertEquals(committed, again instanceof Outcome.TokenReplayed, name);
    assertEquals("x", groups.value(1, name), name);
    assertEquals("x", groups.value(2, name), name);
    recovery.stop();
    // Tokens go, and with them cancellations that recovery had noted.
    groups.pass(100);
    for (ReplicationGroupId group : groups.ids()) {
      groups.submit(group, new GroupCommand.SweepTransactions(1_000, _ -> {}));
    }
    groups.pass(11 * 60_000);
    for (ReplicationGroupId group : groups.ids()) {
      groups.submit(group, new GroupCommand.SweepTransactions(1_000, _ -> {}));
    }
    groups.run();
    assertNothingLeft(0);
    return committed;
  }
}
