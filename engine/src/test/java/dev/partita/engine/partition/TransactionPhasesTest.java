package dev.partita.engine.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.replication.AppendOutcome;
import dev.partita.storage.ColumnFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The phases of transactions over several groups, as one group sees them. */
class TransactionPhasesTest extends TransactionEvaluation {
  // Two phases, in a group other than the ledger.

  @Test
  void preparedItemsAreLockedAndReadAsTheyWere() {
    put("a", "old");
    TransactionId id = id(1);
    assertInstanceOf(
        Outcome.TransactionPrepared.class,
        prepare(id, item("a", putting("new")), item("b", putting("b")), item("c", KEEP)));
    for (String locked : List.of("a", "b", "c")) {
      assertEquals(new Outcome.TransactionConflict(), outcome(item(locked, COUNT)));
      assertEquals(
          List.of(new Outcome.TransactionConflict()),
          assertInstanceOf(Outcome.TransactionCanceled.class, write(item(locked, COUNT))).items());
      assertInstanceOf(Outcome.TransactionCanceled.class, prepare(id(2), item(locked, COUNT)));
    }
    assertEquals("old", value("a"));
    assertInstanceOf(Outcome.Applied.class, outcome(item("d", COUNT)));
  }

  @Test
  void locksAndEffectsSurviveReopening() {
    put("a", "old");
    put("b", "gone");
    TransactionId id = id(1);
    prepare(id, item("a", putting("new")), item("b", DELETE), item("c", KEEP));
    group = open();
    for (String locked : List.of("a", "b", "c")) {
      assertEquals(new Outcome.TransactionConflict(), outcome(item(locked, COUNT)));
    }
    assertEquals(1, group.pendingTransactions().size());
    assertEquals(ELSEWHERE, group.pendingTransactions().getFirst().ledger());
    assertEquals(new Outcome.TransactionFinished(), finish(id, commitTime()));
    assertEquals("new", value("a"));
    assertNull(value("b"));
    assertInstanceOf(Outcome.Applied.class, outcome(item("c", COUNT)));
    assertEquals(0, store.size(ColumnFamily.TRANSACTIONS));
    assertTrue(group.pendingTransactions().isEmpty());
    assertTrue(open().pendingTransactions().isEmpty());
  }

  @Test
  void aCancelledPartLeavesNothing() {
    TransactionId id = id(1);
    prepare(id, item("a", putting("new")));
    assertEquals(new Outcome.TransactionFinished(), finish(id, 0));
    assertNull(value("a"));
    assertEquals(0, store.size(ColumnFamily.TRANSACTIONS));
    assertInstanceOf(Outcome.Applied.class, outcome(item("a", COUNT)));
  }

  @Test
  void stepsMayBeRepeated() {
    TransactionId id = id(1);
    TransactionItem counting = item("a", COUNT);
    Outcome.TransactionPrepared first =
        assertInstanceOf(Outcome.TransactionPrepared.class, prepare(id, counting));
    Outcome.TransactionPrepared second =
        assertInstanceOf(Outcome.TransactionPrepared.class, prepare(id, counting));
    assertEquals(first.time(), second.time());
    long time = commitTime();
    finish(id, time);
    assertEquals(new Outcome.TransactionFinished(), finish(id, time));
    assertEquals(new Outcome.TransactionFinished(), finish(id, 0));
    assertEquals("x", value("a"));
  }

  @Test
  void allPartsCarryTheTimeOfTheCommitAndLaterWritesAreLater() {
    KeySchema key = KeySchema.of(List.of(new KeyAttribute("v", KeyType.HASH, AttributeType.S)));
    install(new PartitionSchema(key, List.of(), new ChangeCapture(true, 0, true, true), null), 2);
    TransactionId id = id(1);
    outcome(callback ->
        new TransactionCommand.PrepareTransaction(
            id, ELSEWHERE, false, List.of(atSchema2("a")), null, 1, callback));
    long time = (clock.wallMillis() + 60_000) << 16;
    finish(id, time);
    outcome(atSchema2("b"));
    List<LoggedChange> changes = group.changes(PARTITION, 0, 10, 1 << 20);
    assertEquals(2, changes.size());
    ChangeRecord part = changes.get(0).record();
    assertEquals(time, part.writeTime());
    assertEquals(id.low(), part.transaction());
    assertTrue(changes.get(1).record().writeTime() > time);
    assertEquals(0, changes.get(1).record().transaction());
  }

  @Test
  void aPartitionThatIsGoneTookItsItemsWithIt() {
    TransactionId id = id(1);
    prepare(id, item("a", putting("new")));
    outcome(callback -> new GroupCommand.RemovePartition(PARTITION, TABLE, callback));
    assertEquals(new Outcome.TransactionFinished(), finish(id, commitTime()));
    assertEquals(0, store.size(ColumnFamily.ITEMS));
    assertEquals(0, store.size(ColumnFamily.TRANSACTIONS));
  }

  @Test
  void aPrepareAndASingleWriteOfOneBatchAreInOrder() {
    List<Outcome> outcomes = new ArrayList<>();
    submit(single("a", COUNT, outcomes));
    submit(prepareCommand(id(1), outcomes::add, item("a", COUNT)));
    submit(single("a", COUNT, outcomes));
    run();
    assertInstanceOf(Outcome.Applied.class, outcomes.get(0));
    assertInstanceOf(Outcome.TransactionPrepared.class, outcomes.get(1));
    assertEquals(new Outcome.TransactionConflict(), outcomes.get(2));
    finish(id(1), commitTime());
    assertEquals("xx", value("a"));
  }

  @Test
  void aPrepareThatIsNotAppendedHoldsNothing() {
    List<Outcome> outcomes = new ArrayList<>();
    log.hold();
    submit(prepareCommand(id(1), outcomes::add, item("a", COUNT)));
    run();
    log.release(new AppendOutcome.NotAppended(AppendOutcome.Reason.DISK_FULL));
    assertInstanceOf(Outcome.Unavailable.class, outcomes.getFirst());
    assertTrue(group.pendingTransactions().isEmpty());
  }

  @Test
  void preparedTransactionsHoldABoundedMemory() {
    int bytes = 400_000;
    Outcome outcome = new Outcome.TransactionFinished();
    int count = 0;
    do {
      count++;
      outcome = prepare(id(count), item("a" + count, putting("x".repeat(bytes))));
    } while (outcome instanceof Outcome.TransactionPrepared);
    assertEquals(new Outcome.Overloaded(), outcome);
    int expected = (64 << 20) / bytes;
    assertTrue(Math.abs(expected - (count - 1)) <= 1, "transactions " + (count - 1));
    assertInstanceOf(Outcome.Applied.class, outcome(item("a" + count, COUNT)));
    finish(id(1), 0);
    assertInstanceOf(
        Outcome.TransactionPrepared.class,
        prepare(id(count), item("b", putting("x".repeat(bytes)))));
    group = open();
    assertEquals(
        new Outcome.Overloaded(), prepare(id(count + 1), item("c", putting("x".repeat(bytes)))));
  }

  // Two phases, in the ledger group.

  @Test
  void theLedgersPartIsWrittenWithTheDecision() {
    TransactionId id = id(1);
    int before = log.entries();
    assertInstanceOf(
        Outcome.TransactionPrepared.class, prepareAtLedger(id, token("t", 1), item("a", COUNT)));
    assertEquals(before, log.entries());
    assertEquals(new Outcome.TransactionConflict(), outcome(item("a", COUNT)));
    assertEquals(new Outcome.TokenInProgress(), write(token("t", 1), item("z", COUNT)));
    assertEquals(new Outcome.TokenMismatch(), write(token("t", 2), item("z", COUNT)));
    long preparedElsewhere = (clock.wallMillis() + 60_000) << 16;
    Outcome.TransactionDecided decided = commit(id, preparedElsewhere);
    assertTrue(decided.committed());
    assertTrue(decided.time() > preparedElsewhere);
    assertEquals(before + 1, log.entries());
    assertEquals("x", value("a"));
    assertEquals(new Outcome.TokenReplayed(List.of(7)), write(token("t", 1), item("z", COUNT)));
    assertEquals(decided, commit(id, 0));
    assertEquals(1, group.committedTransactions().size());
    group = open();
    assertEquals(List.of(ELSEWHERE), group.committedTransactions().getFirst().participants());
    assertEquals(decided, resolve(id));
    assertEquals("x", value("a"));
    outcome(callback -> new TransactionCommand.ForgetTransactions(List.of(id), callback));
    assertTrue(group.committedTransactions().isEmpty());
    assertTrue(open().committedTransactions().isEmpty());
  }

  @Test
  void whatTheLedgerHasNotPreparedIsNotCommitted() {
    assertFalse(commit(id(1), 0).committed());
    prepareAtLedger(id(2), null, item("a", COUNT));
    group = open();
    assertFalse(commit(id(2), 0).committed());
    assertNull(value("a"));
    assertEquals(0, store.size(ColumnFamily.TRANSACTIONS));
  }

  @Test
  void whatIsResolvedCanNeverBeCommitted() {
    TransactionId id = id(1);
    prepareAtLedger(id, token("t", 1), item("a", COUNT));
    assertFalse(resolve(id).committed());
    assertInstanceOf(Outcome.Applied.class, outcome(item("a", COUNT)));
    assertFalse(commit(id, 0).committed());
    group = open();
    assertEquals(
        new Outcome.TransactionDecided(false, 0), prepareAtLedger(id, null, item("a", COUNT)));
    assertFalse(commit(id, 0).committed());
    assertEquals("x", value("a"));
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 2), item("a", COUNT)));
    clock.advance(Duration.ofMillis(TransactionTokens.MILLIS_KEPT + 1_000));
    sweep(10);
    assertEquals(0, store.size(ColumnFamily.TRANSACTIONS));
  }

  @Test
  void theLedgerLetsGoWithoutWriting() {
    TransactionId id = id(1);
    prepareAtLedger(id, token("t", 1), item("a", COUNT));
    int before = log.entries();
    assertEquals(new Outcome.TransactionFinished(), finish(id, 0));
    assertEquals(before, log.entries());
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 2), item("a", COUNT)));
  }

  // Looking at items for TransactGetItems.

  @Test
  void aLookTellsWhetherAnItemHoldsStill() {
    put("a", "1");
    List<byte[]> keys = List.of(key("a"), key("none"));
    List<PartitionId> partitions = List.of(PARTITION, PARTITION);
    List<ObservedItem> first = group.observe(partitions, keys);
    assertTrue(group.observe(partitions, keys).get(0).isSince(first.get(0)));
    assertTrue(group.observe(partitions, keys).get(1).isSince(first.get(1)));
    put("a", "1");
    List<ObservedItem> second = group.observe(partitions, keys);
    assertFalse(second.get(0).isSince(first.get(0)));
    assertTrue(second.get(1).isSince(first.get(1)));
    put("none", "there");
    outcome(item("none", DELETE));
    // Missing twice, but not all the while.
    assertFalse(group.observe(partitions, keys).get(1).isSince(second.get(1)));
    List<ObservedItem> third = group.observe(partitions, keys);
    prepare(id(1), item("a", COUNT));
    List<ObservedItem> fourth = group.observe(partitions, keys);
    assertFalse(fourth.get(0).isSince(third.get(0)));
    finish(id(1), 0);
    assertTrue(group.observe(partitions, keys).get(0).isSince(third.get(0)));
    assertTrue(group.observe(partitions, keys).get(0).isSince(fourth.get(0)));
    prepare(id(2), item("a", COUNT));
    List<ObservedItem> fifth = group.observe(partitions, keys);
    finish(id(2), commitTime());
    assertFalse(group.observe(partitions, keys).get(0).isSince(fifth.get(0)));
  }
}
