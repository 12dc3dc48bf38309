package dev.partita.engine.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ProjectionType;
import dev.partita.storage.ColumnFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Transactions of one group: all or nothing, tokens. */
class TransactionEvaluatorTest extends TransactionEvaluation {
  // Transactions of one group.

  @Test
  void allItemsAreWrittenInOneEntry() {
    put("b", "old");
    int before = log.entries();
    Outcome.TransactionApplied applied =
        assertInstanceOf(
            Outcome.TransactionApplied.class,
            write(item("a", putting("1")), item("b", DELETE), item("c", KEEP)));
    assertEquals(before + 1, log.entries());
    assertEquals("1", value("a"));
    assertNull(value("b"));
    assertEquals(3, applied.items().size());
    assertNull(applied.items().get(0).before());
    assertEquals("old", valueOf(applied.items().get(1).before()));
    assertEquals(new PartitionCounters(1, size("1"), 3), group.counters(PARTITION));
  }

  @Test
  void oneFailureCancelsAllAndEveryItemHasItsReason() {
    put("b", "there");
    Outcome.TransactionCanceled canceled =
        assertInstanceOf(
            Outcome.TransactionCanceled.class,
            write(
                item("a", putting("1")),
                item("b", IF_ABSENT),
                item("c", _ -> new ItemEffect.Refused(ApiError.validation("no")))));
    assertInstanceOf(Outcome.Applied.class, canceled.items().get(0));
    assertEquals(
        "there",
        valueOf(assertInstanceOf(Outcome.ConditionFailed.class, canceled.items().get(1)).before()));
    assertInstanceOf(Outcome.Refused.class, canceled.items().get(2));
    assertNull(value("a"));
  }

  @Test
  void transactionsOfABatchSeeEachOther() {
    List<Outcome> outcomes = new ArrayList<>();
    submit(transactWrite(null, outcomes::add, item("a", IF_ABSENT), item("b", IF_ABSENT)));
    submit(transactWrite(null, outcomes::add, item("b", IF_ABSENT), item("c", IF_ABSENT)));
    submit(single("c", IF_ABSENT, outcomes));
    run();
    assertInstanceOf(Outcome.TransactionApplied.class, outcomes.get(0));
    assertInstanceOf(Outcome.TransactionCanceled.class, outcomes.get(1));
    assertInstanceOf(Outcome.Applied.class, outcomes.get(2));
  }

  @Test
  void whatWasPlannedForAnotherPlaceIsPlannedAgain() {
    TransactionItem here = item("a", putting("1"));
    assertEquals(
        new Outcome.WrongPartition(),
        write(here, new TransactionItem(new PartitionId(9), TABLE, 1, key("b"), KEEP)));
    assertEquals(
        new Outcome.StaleSchema(),
        write(here, new TransactionItem(PARTITION, TABLE, 2, key("b"), KEEP)));
    assertNull(value("a"));
  }

  @Test
  void anItemCollectionMustNotGrowTooLargeByAllItemsTogether() {
    KeySchema key =
        KeySchema.of(
            List.of(
                new KeyAttribute("p", KeyType.HASH, AttributeType.S),
                new KeyAttribute("s", KeyType.RANGE, AttributeType.S)));
    KeySchema indexKey =
        KeySchema.of(
            List.of(
                new KeyAttribute("p", KeyType.HASH, AttributeType.S),
                new KeyAttribute("v", KeyType.RANGE, AttributeType.S)));
    install(
        new PartitionSchema(
            key,
            List.of(
                new IndexDefinition(
                    "i", 1, indexKey, new ProjectedAttributes(ProjectionType.ALL, List.of()))),
            ChangeCapture.NONE,
            null),
        2);
    String half = "x".repeat((int) COLLECTION_BYTES_MAX / 4);
    Outcome.TransactionCanceled canceled =
        assertInstanceOf(
            Outcome.TransactionCanceled.class,
            write(sorted("1", half), sorted("2", half), sorted("3", "small")));
    assertInstanceOf(Outcome.Applied.class, canceled.items().get(0));
    assertEquals(
        ErrorType.ITEM_COLLECTION_SIZE_LIMIT_EXCEEDED,
        assertInstanceOf(Outcome.Refused.class, canceled.items().get(1)).error().type());
    assertInstanceOf(Outcome.Applied.class, canceled.items().get(2));
    Outcome.TransactionApplied applied =
        assertInstanceOf(
            Outcome.TransactionApplied.class, write(sorted("1", half), sorted("3", "small")));
    assertEquals(
        applied.items().get(1).collectionBytes(),
        assertInstanceOf(Outcome.Applied.class, outcome(sorted("3", "small"))).collectionBytes());
    assertEquals(2, store.size(ColumnFamily.LOCAL_INDEX_ROWS));
  }

  @Test
  void whatDoesNotFitTheBatchGoesIntoTheNext() {
    String large = "x".repeat(300_000);
    List<Outcome> outcomes = new ArrayList<>();
    int before = log.entries();
    submit(transactWrite(null, outcomes::add, item("a", putting(large))));
    submit(transactWrite(null, outcomes::add, item("b", putting(large))));
    submit(transactWrite(null, outcomes::add, item("c", putting(large))));
    run();
    assertEquals(3, outcomes.size());
    outcomes.forEach(outcome -> assertInstanceOf(Outcome.TransactionApplied.class, outcome));
    assertTrue(log.entries() - before >= 2, "entries " + (log.entries() - before));
    assertTrue(fatal.isEmpty());
  }

  @Test
  void whatFitsNoEntryIsRefused() {
    String large = "x".repeat(300_000);
    Outcome.Refused refused =
        assertInstanceOf(
            Outcome.Refused.class,
            write(
                item("a", putting(large)),
                item("b", putting(large)),
                item("c", putting(large)),
                item("d", putting(large))));
    assertEquals(ErrorType.VALIDATION, refused.error().type());
    // What is written later is counted with the record of its change.
    assertInstanceOf(
        Outcome.Refused.class,
        prepare(id(1), item("a", putting(large)), item("b", putting(large))));
    assertNull(value("a"));
    assertTrue(fatal.isEmpty());
  }

  // Tokens.

  @Test
  void aTokenStandsForOneRequestAndIsCarriedOutOnce() {
    TransactionItem counter = item("a", COUNT);
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 1), counter));
    assertEquals(new Outcome.TokenReplayed(List.of(2)), write(token("t", 1), counter));
    assertEquals(new Outcome.TokenMismatch(), write(token("t", 2), counter));
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("u", 1), counter));
    assertEquals("xx", value("a"));
    group = open();
    assertEquals(new Outcome.TokenReplayed(List.of(2)), write(token("t", 1), counter));
  }

  @Test
  void aTokenIsSeenByTheRestOfItsBatch() {
    List<Outcome> outcomes = new ArrayList<>();
    submit(transactWrite(token("t", 1), outcomes::add, item("a", COUNT)));
    submit(transactWrite(token("t", 1), outcomes::add, item("a", COUNT)));
    submit(transactWrite(token("t", 2), outcomes::add, item("a", COUNT)));
    run();
    assertInstanceOf(Outcome.TransactionApplied.class, outcomes.get(0));
    assertInstanceOf(Outcome.TokenReplayed.class, outcomes.get(1));
    assertInstanceOf(Outcome.TokenMismatch.class, outcomes.get(2));
    assertEquals("x", value("a"));
  }

  @Test
  void aFailedRequestLeavesNoToken() {
    put("a", "there");
    assertInstanceOf(Outcome.TransactionCanceled.class, write(token("t", 1), item("a", IF_ABSENT)));
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 2), item("a", COUNT)));
  }

  @Test
  void readUnitsOfAReplayAreThoseOfTheLargerItem() {
    put("a", "x".repeat(9_000));
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 1), item("a", DELETE)));
    assertEquals(new Outcome.TokenReplayed(List.of(6)), write(token("t", 1), item("a", DELETE)));
  }

  @Test
  void aTokenIsForgottenAfterTenMinutes() {
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 1), item("a", COUNT)));
    clock.advance(Duration.ofMillis(TransactionTokens.MILLIS_KEPT - 1_000));
    assertInstanceOf(Outcome.TokenReplayed.class, write(token("t", 1), item("a", COUNT)));
    clock.advance(Duration.ofSeconds(2));
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("t", 2), item("a", COUNT)));
    assertEquals("xx", value("a"));
  }

  @Test
  void theSweepRemovesWhatIsOldAndNothingElse() {
    for (int i = 0; i < 5; i++) {
      assertInstanceOf(
          Outcome.TransactionApplied.class, write(token("old" + i, 1), item("a", COUNT)));
    }
    clock.advance(Duration.ofMillis(TransactionTokens.MILLIS_KEPT));
    // Claimed anew: the old mark goes with the old record.
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("old0", 1), item("a", COUNT)));
    assertInstanceOf(Outcome.TransactionApplied.class, write(token("new", 1), item("a", COUNT)));
    assertEquals(new Outcome.Swept(true), sweep(3));
    assertEquals(new Outcome.Swept(false), sweep(3));
    assertEquals(4, store.size(ColumnFamily.TRANSACTIONS));
    int entries = log.entries();
    assertEquals(new Outcome.Swept(false), sweep(3));
    assertEquals(entries, log.entries());
    assertInstanceOf(Outcome.TokenReplayed.class, write(token("new", 1), item("a", COUNT)));
    assertInstanceOf(Outcome.TokenReplayed.class, write(token("old0", 1), item("a", COUNT)));
  }
}
