package dev.partita.engine.partition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.Bytes;
import dev.partita.base.RandomSource;
import dev.partita.engine.fake.SettableClock;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.Item;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of transactions in a group share. */
abstract class TransactionEvaluation {
  static final PartitionId PARTITION = new PartitionId(1);
  static final int TABLE = 1;
  static final ReplicationGroupId HERE = new ReplicationGroupId(1);
  static final ReplicationGroupId ELSEWHERE = new ReplicationGroupId(2);
  static final byte[] NO_SORT_KEY = {};
  static final long COLLECTION_BYTES_MAX = 2_000;

  final ArrayDeque<Runnable> steps = new ArrayDeque<>();
  final List<String> fatal = new ArrayList<>();
  final MemoryStore store = new MemoryStore();
  final MemoryLog log = new MemoryLog(store);
  final SettableClock clock = new SettableClock();
  ReplicationGroup group = open();

  ReplicationGroup open() {
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

  void install(PartitionSchema schema, long schemaVersion) {
    KeyRange range =
        KeyRange.of(ItemKeyFormat.hashBoundary(TABLE, 0), ItemKeyFormat.tableEnd(TABLE));
    PartitionDescriptor descriptor =
        new PartitionDescriptor(PARTITION, TABLE, schemaVersion, 1, range, schema);
    outcome(callback -> new GroupCommand.InstallPartition(descriptor, callback));
  }

  static TransactionItem sorted(String sortKey, String value) {
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

  Outcome outcome(TransactionItem item) {
    return outcome(callback ->
        new GroupCommand.WriteItem(
            PARTITION, TABLE, item.schemaVersion(), item.key(), item.mutation(), 1, callback));
  }

  Outcome sweep(int countMax) {
    return outcome(callback -> new GroupCommand.SweepTransactions(countMax, callback));
  }

  static TransactionItem atSchema2(String partitionKey) {
    return new TransactionItem(PARTITION, TABLE, 2, key(partitionKey), putting("v"));
  }

  // What the tests are made of.

  static final ItemMutation KEEP = _ -> new ItemEffect.Keep();
  static final ItemMutation DELETE = _ -> new ItemEffect.Delete();

  /** Appends an x to the value. */
  static final ItemMutation COUNT =
      current -> effect((current == null ? "" : valueOf(current)) + "x");

  static final ItemMutation IF_ABSENT =
      current -> current == null ? effect("absent") : new ItemEffect.ConditionFailed();

  static ItemEffect effect(String value) {
    Item item = Item.of(Map.<String, AttributeValue>of("v", new StringValue(value)));
    return new ItemEffect.Put(item, item.size());
  }

  static ItemMutation putting(String value) {
    return _ -> effect(value);
  }

  static int size(String value) {
    return 1 + value.length();
  }

  static TransactionItem item(String partitionKey, ItemMutation mutation) {
    return new TransactionItem(PARTITION, TABLE, 1, key(partitionKey), mutation);
  }

  static TransactionId id(long number) {
    return new TransactionId(0, number);
  }

  static TokenClaim token(String name, int request) {
    byte[] digest = new byte[TokenClaim.DIGEST_BYTES];
    digest[0] = (byte) request;
    return new TokenClaim(Bytes.wrap(utf8(name)), Bytes.wrap(digest));
  }

  static byte[] key(String partitionKey) {
    return ItemKeyFormat.encode(TABLE, utf8(partitionKey), NO_SORT_KEY);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  long commitTime() {
    return clock.wallMillis() << 16;
  }

  void put(String partitionKey, String value) {
    assertInstanceOf(Outcome.Applied.class, outcome(item(partitionKey, putting(value))));
  }

  @Nullable String value(String partitionKey) {
    StoredItem stored = group.items().read(key(partitionKey));
    return stored == null ? null : valueOf(stored);
  }

  static String valueOf(@Nullable StoredItem stored) {
    assertNotNull(stored);
    return assertInstanceOf(StringValue.class, stored.item().get("v")).value();
  }

  void run() {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  void submit(GroupCommand command) {
    group.submit(command);
  }

  /** The outcome of a command on which nothing else waits. */
  Outcome outcome(Function<Consumer<Outcome>, GroupCommand> command) {
    List<Outcome> outcomes = new ArrayList<>();
    group.submit(command.apply(outcomes::add));
    run();
    assertTrue(fatal.isEmpty(), fatal::toString);
    assertEquals(1, outcomes.size());
    return outcomes.getFirst();
  }

  static GroupCommand single(String partitionKey, ItemMutation mutation, List<Outcome> outcomes) {
    return new GroupCommand.WriteItem(
        PARTITION, TABLE, 1, key(partitionKey), mutation, 1, outcomes::add);
  }

  Outcome write(TransactionItem... items) {
    return write(null, items);
  }

  Outcome write(@Nullable TokenClaim token, TransactionItem... items) {
    return outcome(callback -> transactWrite(token, callback, items));
  }

  static GroupCommand transactWrite(
      @Nullable TokenClaim token, Consumer<Outcome> callback, TransactionItem... items) {
    return new TransactionCommand.TransactWrite(
        TransactionId.random(RandomSource.SYSTEM), List.of(items), token, 1, callback);
  }

  Outcome prepare(TransactionId id, TransactionItem... items) {
    return outcome(callback -> prepareCommand(id, callback, items));
  }

  static GroupCommand prepareCommand(
      TransactionId id, Consumer<Outcome> callback, TransactionItem... items) {
    return new TransactionCommand.PrepareTransaction(
        id, ELSEWHERE, false, List.of(items), null, 1, callback);
  }

  Outcome prepareAtLedger(TransactionId id, @Nullable TokenClaim token, TransactionItem... items) {
    return outcome(callback ->
        new TransactionCommand.PrepareTransaction(
            id, HERE, true, List.of(items), token, 1, callback));
  }

  Outcome.TransactionDecided commit(TransactionId id, long preparedTime) {
    return assertInstanceOf(
        Outcome.TransactionDecided.class,
        outcome(callback ->
            new TransactionCommand.CommitTransaction(
                id, List.of(ELSEWHERE), preparedTime, List.of(7), callback)));
  }

  Outcome.TransactionDecided resolve(TransactionId id) {
    return assertInstanceOf(
        Outcome.TransactionDecided.class,
        outcome(callback -> new TransactionCommand.ResolveTransaction(id, callback)));
  }

  Outcome finish(TransactionId id, long commitTime) {
    return outcome(callback -> new TransactionCommand.FinishTransaction(id, commitTime, callback));
  }
}
