package dev.partita.engine.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Bytes;
import dev.partita.base.RandomSource;
import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.fake.SettableClock;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ProjectionType;
import dev.partita.replication.AppendOutcome;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of transactions in one group. */
class TransactionEvaluatorTest {
  private static final PartitionId PARTITION = new PartitionId(1);
  private static final int TABLE = 1;
  private static final ReplicationGroupId HERE = new ReplicationGroupId(1);
  private static final ReplicationGroupId ELSEWHERE = new ReplicationGroupId(2);
  private static final byte[] NO_SORT_KEY = {};
  private static final long COLLECTION_BYTES_MAX = 2_000;

  private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
  private final List<String> fatal = new ArrayList<>();
  private final MemoryStore store = new MemoryStore();
  private final MemoryLog log = new MemoryLog(store);
  private final SettableClock clock = new SettableClock();
  private ReplicationGroup group = open();

  private ReplicationGroup open() {
    return new ReplicationGroup(
        HERE,
        store,
        log,
        clock,
        RandomSource.SYSTEM,
        steps::add,
        (message, _) -> fatal.add(message),
        new GroupLimits(1 << 20, 1_000, 1 << 20, COLLECTION_BYTES_MAX),
        ChangeListener.NONE);
  }

  @BeforeEach
  void installPartition() {
    install(PartitionSchema.PLAIN, 1);
  }

  private void install(PartitionSchema schema, long schemaVersion) {
    KeyRange range =
        KeyRange.of(ItemKeyFormat.hashBoundary(TABLE, 0), ItemKeyFormat.tableEnd(TABLE));
    PartitionDescriptor descriptor =
        new PartitionDescriptor(PARTITION, TABLE, schemaVersion, 1, range, schema);
    outcome(callback -> new GroupCommand.InstallPartition(descriptor, callback));
  }

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

  private static TransactionItem sorted(String sortKey, String value) {
    Item item =
        Item.of(
            Map.of(
                "p",
                new StringValue("p"),
                "s",
                new StringValue(sortKey),
                "v",
                new StringValue(value)));
    return new TransactionItem(
        PARTITION,
        TABLE,
        2,
        ItemKeyFormat.encode(TABLE, utf8("p"), utf8(sortKey)),
        _ -> new ItemEffect.Put(item, item.size()));
  }

  private Outcome outcome(TransactionItem item) {
    return outcome(callback ->
        new GroupCommand.WriteItem(
            PARTITION, TABLE, item.schemaVersion(), item.key(), item.mutation(), 1, callback));
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

  private Outcome sweep(int countMax) {
    return outcome(callback -> new GroupCommand.SweepTransactions(countMax, callback));
  }

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

  private static TransactionItem atSchema2(String partitionKey) {
    return new TransactionItem(PARTITION, TABLE, 2, key(partitionKey), putting("v"));
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

  // What the tests are made of.

  private static final ItemMutation KEEP = _ -> new ItemEffect.Keep();
  private static final ItemMutation DELETE = _ -> new ItemEffect.Delete();

  /** Appends an x to the value. */
  private static final ItemMutation COUNT =
      current -> effect((current == null ? "" : valueOf(current)) + "x");

  private static final ItemMutation IF_ABSENT =
      current -> current == null ? effect("absent") : new ItemEffect.ConditionFailed();

  private static ItemEffect effect(String value) {
    Item item = Item.of(Map.<String, AttributeValue>of("v", new StringValue(value)));
    return new ItemEffect.Put(item, item.size());
  }

  private static ItemMutation putting(String value) {
    return _ -> effect(value);
  }

  private static int size(String value) {
    return 1 + value.length();
  }

  private static TransactionItem item(String partitionKey, ItemMutation mutation) {
    return new TransactionItem(PARTITION, TABLE, 1, key(partitionKey), mutation);
  }

  private static TransactionId id(long number) {
    return new TransactionId(0, number);
  }

  private static TokenClaim token(String name, int request) {
    byte[] digest = new byte[TokenClaim.DIGEST_BYTES];
    digest[0] = (byte) request;
    return new TokenClaim(Bytes.wrap(utf8(name)), Bytes.wrap(digest));
  }

  private static byte[] key(String partitionKey) {
    return ItemKeyFormat.encode(TABLE, utf8(partitionKey), NO_SORT_KEY);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private long commitTime() {
    return clock.wallMillis() << 16;
  }

  private void put(String partitionKey, String value) {
    assertInstanceOf(Outcome.Applied.class, outcome(item(partitionKey, putting(value))));
  }

  private @Nullable String value(String partitionKey) {
    StoredItem stored = group.items().read(key(partitionKey));
    return stored == null ? null : valueOf(stored);
  }

  private static String valueOf(@Nullable StoredItem stored) {
    assertNotNull(stored);
    return assertInstanceOf(StringValue.class, stored.item().get("v")).value();
  }

  private void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  private void submit(GroupCommand command) {
    group.submit(command);
  }

  /** The outcome of a command on which nothing else waits. */
  private Outcome outcome(Function<Consumer<Outcome>, GroupCommand> command) {
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(command.apply(outcomes::add));
    run();
    assertTrue(fatal.isEmpty(), fatal::toString);
    assertEquals(1, outcomes.size());
    return outcomes.getFirst();
  }

  private static GroupCommand single(
      String partitionKey, ItemMutation mutation, List<Outcome> outcomes) {
    return new GroupCommand.WriteItem(
        PARTITION, TABLE, 1, key(partitionKey), mutation, 1, outcomes::add);
  }

  private Outcome write(TransactionItem... items) {
    return write(null, items);
  }

  private Outcome write(@Nullable TokenClaim token, TransactionItem... items) {
    return outcome(callback -> transactWrite(token, callback, items));
  }

  private static GroupCommand transactWrite(
      @Nullable TokenClaim token, Consumer<Outcome> callback, TransactionItem... items) {
    return new TransactionCommand.TransactWrite(
        TransactionId.random(RandomSource.SYSTEM), List.of(items), token, 1, callback);
  }

  private Outcome prepare(TransactionId id, TransactionItem... items) {
    return outcome(callback -> prepareCommand(id, callback, items));
  }

  private static GroupCommand prepareCommand(
      TransactionId id, Consumer<Outcome> callback, TransactionItem... items) {
    return new TransactionCommand.PrepareTransaction(
        id, ELSEWHERE, false, List.of(items), null, 1, callback);
  }

  private Outcome prepareAtLedger(
      TransactionId id, @Nullable TokenClaim token, TransactionItem... items) {
    return outcome(callback ->
        new TransactionCommand.PrepareTransaction(
            id, HERE, true, List.of(items), token, 1, callback));
  }

  private Outcome.TransactionDecided commit(TransactionId id, long preparedTime) {
    return assertInstanceOf(
        Outcome.TransactionDecided.class,
        outcome(callback ->
            new TransactionCommand.CommitTransaction(
                id, List.of(ELSEWHERE), preparedTime, List.of(7), callback)));
  }

  private Outcome.TransactionDecided resolve(TransactionId id) {
    return assertInstanceOf(
        Outcome.TransactionDecided.class,
        outcome(callback -> new TransactionCommand.ResolveTransaction(id, callback)));
  }

  private Outcome finish(TransactionId id, long commitTime) {
    return outcome(callback -> new TransactionCommand.FinishTransaction(id, commitTime, callback));
  }
}
