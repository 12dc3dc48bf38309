package dev.partita.engine.ttl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.fake.SettableClock;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.MemoryNode;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TimeToLive;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.StoredItem;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.storage.ColumnFamily;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExpirySweeperTest {
  private static final long NOW = SettableClock.START / 1000;
  private static final Duration ROUND = Duration.ofSeconds(2);
  private static final TimeToLive ENABLED = new TimeToLive("ttl", TimeToLiveStatus.ENABLED, 0);

  private final MemoryNode node = new MemoryNode(2);

  private static DerivedData expiring() {
    return DerivedData.NONE.withTimeToLive(ENABLED);
  }

  private static ExpirySweeper sweeper(MemoryNode node, ExpirySettings settings) {
    return new ExpirySweeper(
        node.catalog(),
        node.router(),
        node.groups(),
        node.serviceClock,
        node.scheduler,
        settings,
        (message, cause) -> {
          throw new AssertionError(message, cause);
        });
  }

  private ExpirySweeper start() {
    ExpirySweeper sweeper = sweeper(node, ExpirySettings.DEFAULT);
    sweeper.start();
    return sweeper;
  }

  private static Item item(String key, AttributeValue expiry) {
    return Item.of(
        Map.of(
            "p", new StringValue(key), "c", new NumberValue(DecimalNumber.of(1)), "ttl", expiry));
  }

  private static AttributeValue number(String text) {
    return new NumberValue(DecimalNumber.parse(text));
  }

  private void put(TableDescriptor table, String key, AttributeValue expiry) {
    node.putItem(table, item(key, expiry));
  }

  private boolean exists(TableDescriptor table, String key) {
    byte[] storageKey = ItemKeys.ofItem(table, item(key, number("1")));
    return node.router().read(table, storageKey, true) != null;
  }

  @Test
  void itemsGoSoonAfterTheirTime() {
    TableDescriptor table = node.create("abc", 4, expiring());
    ExpirySweeper sweeper = start();
    put(table, "past", number(String.valueOf(NOW - 60)));
    put(table, "fraction", number(NOW - 60 + ".75"));
    put(table, "exponent", number(NOW / 10 + "e1"));
    put(table, "soon", number(String.valueOf(NOW + 60)));
    put(table, "later", number(String.valueOf(NOW + 3_600)));
    put(table, "ancient", number(String.valueOf(NOW - 6L * 365 * 86_400)));
    put(table, "text", new StringValue(String.valueOf(NOW - 60)));
    put(table, "negative", number("-1"));
    node.scheduler.advance(ROUND);
    assertFalse(exists(table, "past"));
    assertFalse(exists(table, "fraction"));
    assertFalse(exists(table, "exponent"));
    assertTrue(exists(table, "soon"));
    assertEquals(3, sweeper.deletedItems());
    node.scheduler.advance(Duration.ofSeconds(57));
    assertTrue(exists(table, "soon"));
    node.scheduler.advance(Duration.ofSeconds(3));
    assertFalse(exists(table, "soon"));
    for (String key : List.of("later", "ancient", "text", "negative")) {
      assertTrue(exists(table, key), key);
    }
    node.serviceClock.shift(Duration.ofHours(1));
    node.scheduler.advance(ROUND);
    assertFalse(exists(table, "later"));
    assertEquals(5, sweeper.deletedItems());
    assertEquals(5, sweeper.deletedItems(table));
  }

  @Test
  void theDeleteIsRecordedAsTheServices() {
    TableDescriptor table =
        node.create(
            "abc", 1, expiring().withStreams(List.of(node.stream(StreamViewType.OLD_IMAGE))));
    start();
    put(table, "past", number(String.valueOf(NOW - 60)));
    node.scheduler.advance(ROUND);
    PartitionPlacement placement = table.partitions().getFirst();
    List<LoggedChange> changes =
        node.group(placement).changes(placement.partition(), 0, 10, 1 << 20);
    assertEquals(
        List.of(ChangeRecord.Kind.CHANGE, ChangeRecord.Kind.EXPIRY),
        changes.stream().map(change -> change.record().kind()).toList());
  }

  @Test
  void tablesWithoutTimeToLiveKeepTheirItems() {
    TableDescriptor off = node.create("off", 2, DerivedData.NONE);
    TableDescriptor enabling =
        node.create(
            "enabling",
            2,
            DerivedData.NONE.withTimeToLive(new TimeToLive("ttl", TimeToLiveStatus.ENABLING, 0)));
    TableDescriptor other = node.create("other", 2, expiring());
    ExpirySweeper sweeper = start();
    put(off, "past", number(String.valueOf(NOW - 60)));
    put(enabling, "past", number(String.valueOf(NOW - 60)));
    other =
        node.change(
            other,
            DerivedData.NONE.withTimeToLive(
                new TimeToLive("another", TimeToLiveStatus.ENABLED, 0)));
    put(other, "past", number(String.valueOf(NOW - 60)));
    node.scheduler.advance(Duration.ofMinutes(1));
    assertTrue(exists(off, "past"));
    assertTrue(exists(enabling, "past"));
    assertTrue(exists(other, "past"));
    enabling = node.change(enabling, expiring());
    node.scheduler.advance(ROUND);
    assertFalse(exists(enabling, "past"));
    assertEquals(1, sweeper.deletedItems());
  }

  /** The writer runs when the test says so: between the finding of an item and its delete. */
  @Test
  void anItemThatHasChangedItsMindStays() {
    ArrayDeque<Runnable> steps = new ArrayDeque<>();
    MemoryNode slow = new MemoryNode(1, steps::add);
    TableDescriptor table = slow.create("abc", 1, expiring());
    String past = String.valueOf(NOW - 60);
    for (String key : List.of("expired", "postponed", "renewed", "untimed", "deleted", "same")) {
      submit(slow, table, item(key, number(past)));
    }
    run(steps);
    ExpirySweeper sweeper = sweeper(slow, ExpirySettings.DEFAULT);
    submit(slow, table, item("postponed", number(String.valueOf(NOW + 1_000))));
    submit(slow, table, item("renewed", number(String.valueOf(NOW - 50))));
    submit(slow, table, item("untimed", new StringValue("never")));
    submit(slow, table, item("same", number(past + ".5")));
    slow.router()
        .write(
            table,
            ItemKeys.ofItem(table, item("deleted", number("1"))),
            _ -> new ItemEffect.Delete(),
            1,
            _ -> {});
    sweeper.start();
    slow.scheduler.advance(Duration.ofMillis(1));
    assertEquals(0, sweeper.deletedItems());
    assertEquals(6, slow.stores.getFirst().size(ColumnFamily.ITEMS));
    run(steps);
    assertEquals(2, sweeper.deletedItems());
    assertEquals(3, slow.stores.getFirst().size(ColumnFamily.ITEMS));
    assertEquals(2, slow.stores.getFirst().size(ColumnFamily.EXPIRY));
    slow.scheduler.advance(Duration.ofSeconds(2));
    run(steps);
    assertEquals(3, sweeper.deletedItems(), "the one with another time in the past");
  }

  private static void submit(MemoryNode node, TableDescriptor table, Item item) {
    node.router()
        .write(
            table,
            ItemKeys.ofItem(table, item),
            _ -> new ItemEffect.Put(item, item.size()),
            1,
            _ -> {});
  }

  private static void run(ArrayDeque<Runnable> steps) {
    for (Runnable step = steps.poll(); step != null; step = steps.poll()) {
      step.run();
    }
  }

  @Test
  void theClockThatCountsIsThatOfTheDelete() {
    ExpireItem expire = new ExpireItem(() -> "ttl", NOW + 10, node.serviceClock);
    Item item = item("a", number(String.valueOf(NOW + 10)));
    StoredItem stored = new StoredItem(item, item.size());
    assertInstanceOf(ItemEffect.Keep.class, expire.evaluate(stored));
    assertInstanceOf(ItemEffect.Keep.class, expire.evaluate(null));
    node.clock.advance(Duration.ofSeconds(10));
    assertInstanceOf(ItemEffect.Expire.class, expire.evaluate(stored));
    node.serviceClock.shift(Duration.ofSeconds(-1));
    assertInstanceOf(ItemEffect.Keep.class, expire.evaluate(stored));
  }

  @Test
  void nothingGoesOnceTimeToLiveIsSwitchedOff() {
    ArrayDeque<Runnable> steps = new ArrayDeque<>();
    MemoryNode slow = new MemoryNode(1, steps::add);
    TableDescriptor table = slow.create("abc", 1, expiring());
    submit(slow, table, item("a", number(String.valueOf(NOW - 60))));
    run(steps);
    ExpirySweeper sweeper = sweeper(slow, ExpirySettings.DEFAULT);
    sweeper.start();
    slow.scheduler.advance(Duration.ofMillis(1));
    assertEquals(1, steps.size(), "the delete waits for the writer");
    slow.put(
        table.withDerived(
            DerivedData.NONE.withTimeToLive(new TimeToLive("ttl", TimeToLiveStatus.DISABLING, 1))));
    run(steps);
    assertEquals(0, sweeper.deletedItems());
    assertEquals(1, slow.stores.getFirst().size(ColumnFamily.ITEMS));
  }

  @Test
  void deletesAreBoundedInRateAndTablesTakeTurns() {
    TableDescriptor large = node.create("large", 2, expiring());
    for (int key = 0; key < 1_000; key++) {
      put(large, "key" + key, number(String.valueOf(NOW - 60)));
    }
    ExpirySweeper sweeper = sweeper(node, new ExpirySettings(Duration.ofSeconds(1), 10, 20));
    sweeper.start();
    node.scheduler.advance(Duration.ofMillis(900));
    assertTrue(sweeper.deletedItems() <= 40, "deleted " + sweeper.deletedItems());
    TableDescriptor small = node.create("small", 2, expiring());
    put(small, "key", number(String.valueOf(NOW - 60)));
    node.scheduler.advance(Duration.ofSeconds(2));
    assertEquals(1, sweeper.deletedItems(small));
    node.scheduler.advance(Duration.ofSeconds(7));
    long deleted = sweeper.deletedItems(large);
    assertTrue(deleted > 300 && deleted <= 420, "deleted " + deleted);
    node.scheduler.advance(Duration.ofMinutes(1));
    assertEquals(1_000, sweeper.deletedItems(large));
  }

  @Test
  void everythingExpiredInATableGoesAtOnceOnDemand() throws Exception {
    TableDescriptor table = node.create("abc", 3, expiring());
    TableDescriptor other = node.create("other", 3, expiring());
    for (int key = 0; key < 1_000; key++) {
      put(table, "key" + key, number(String.valueOf(NOW - 60)));
    }
    put(table, "stays", number(String.valueOf(NOW + 60)));
    put(other, "stays", number(String.valueOf(NOW - 60)));
    ExpirySweeper sweeper = sweeper(node, ExpirySettings.DEFAULT);
    CompletableFuture<Long> done = sweeper.expireNow(table);
    node.scheduler.advance(Duration.ZERO);
    assertEquals(1_000, done.get(1, TimeUnit.SECONDS));
    assertTrue(exists(table, "stays"));
    assertTrue(exists(other, "stays"));
    CompletableFuture<Long> again = sweeper.expireNow(table);
    node.scheduler.advance(Duration.ZERO);
    assertEquals(0, again.get(1, TimeUnit.SECONDS));
  }

  @Test
  void deletesThatAreRefusedAreTriedAgain() {
    TableDescriptor table = node.create("abc", 1, expiring());
    for (int key = 0; key < 500; key++) {
      put(table, "key" + key, number(String.valueOf(NOW - 60)));
    }
    node.logs.forEach(log -> log.refuse(true));
    ExpirySweeper sweeper = start();
    node.scheduler.advance(Duration.ofMinutes(1));
    assertEquals(0, sweeper.deletedItems());
    node.logs.forEach(log -> log.refuse(false));
    node.scheduler.advance(ROUND);
    assertEquals(500, sweeper.deletedItems());
  }

  @Test
  void aTableThatIsGoneIsNoTrouble() {
    TableDescriptor table = node.create("abc", 4, expiring());
    put(table, "past", number(String.valueOf(NOW - 60)));
    ExpirySweeper sweeper = start();
    node.drop(table);
    node.scheduler.advance(Duration.ofMinutes(1));
    TableDescriptor again = node.create("abc", 2, expiring());
    put(again, "past", number(String.valueOf(NOW - 60)));
    node.scheduler.advance(ROUND);
    assertEquals(1, sweeper.deletedItems());
    assertEquals(0, sweeper.deletedItems(table));
  }
}
