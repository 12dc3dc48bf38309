package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.MemoryNode;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.Shard;
import dev.partita.model.api.StreamViewType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reading shards while they change, and logs that hold more than a stream's records. */
class RecordReaderTest {
  private static final int CHANGES = 1_500;
  private static final int CHANGES_PER_SHARD = 40;

  @Test
  void everyChangeIsReadOnceAndInOrderWhileShardsRoll() throws Exception {
    try (ExecutorService writer = Executors.newSingleThreadExecutor();
        ExecutorService client = Executors.newSingleThreadExecutor()) {
      MemoryNode node = new MemoryNode(1, writer);
      StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
      CompletableFuture<@Nullable Void> installed = new CompletableFuture<>();
      writer.execute(() -> installed.complete(null));
      installed.get(10, TimeUnit.SECONDS);
      var changes = client.submit(() -> change(table));
      List<String> read = new ArrayList<>();
      Shard shard = table.shards().getFirst();
      String iterator = table.horizon(shard);
      while (read.size() < CHANGES) {
        GetRecordsResponse page = table.read(iterator);
        read.addAll(StreamTable.values(page.records()));
        String next = page.nextShardIterator();
        if (next == null) {
          shard = child(table, shard);
          next = table.horizon(shard);
        }
        iterator = next;
      }
      changes.get(10, TimeUnit.SECONDS);
      for (int change = 0; change < CHANGES; change++) {
        assertEquals("v" + change, read.get(change));
      }
      assertTrue(table.shards().size() > CHANGES / CHANGES_PER_SHARD);
    }
  }

  private static void change(StreamTable table) {
    PartitionPlacement placement = table.table.partitions().getFirst();
    List<CompletableFuture<Outcome>> writes = new ArrayList<>();
    for (int change = 0; change < CHANGES; change++) {
      Item item = StreamTable.item("a", 1, "v" + change);
      CompletableFuture<Outcome> written = new CompletableFuture<>();
      writes.add(written);
      table
          .node
          .router()
          .write(
              table.table,
              ItemKeys.ofItem(table.table, item),
              _ -> new ItemEffect.Put(item, item.size()),
              1,
              written::complete);
      if (change % CHANGES_PER_SHARD == 0) {
        table
            .node
            .group(placement)
            .submit(
                new GroupCommand.RollShard(placement.partition(), table.table.tableId(), _ -> {}));
      }
      if (change % 10 == 0) {
        CompletableFuture.allOf(writes.toArray(CompletableFuture[]::new))
            .orTimeout(10, TimeUnit.SECONDS)
            .join();
        writes.clear();
      }
    }
  }

  private static Shard child(StreamTable table, Shard parent) {
    List<Shard> children =
        table.shards().stream()
            .filter(shard -> parent.shardId().equals(shard.parentShardId()))
            .toList();
    assertEquals(1, children.size());
    return children.getFirst();
  }

  @Test
  void aShardThatIsClosedWhileItIsReadHasNotEnded() {
    MemoryNode node = new MemoryNode(1);
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    table.put("a", 1, "one");
    String iterator = table.horizon(table.shards().getFirst());
    node.stores
        .getFirst()
        .afterNextCursor(() -> {
          table.put("a", 1, "two");
          table.roll();
          table.put("a", 1, "three");
        });
    GetRecordsResponse page = table.read(iterator);
    assertEquals(List.of("one"), StreamTable.values(page.records()));
    String next = page.nextShardIterator();
    assertNotNull(next);
    GetRecordsResponse rest = table.read(next);
    assertEquals(List.of("two"), StreamTable.values(rest.records()));
    assertNull(rest.nextShardIterator());
    assertEquals(List.of("three"), StreamTable.values(table.records(table.shards().getLast())));
  }

  @Test
  void aShardThatIsTrimmedWhileItIsReadIsNotReadPastTheGap() {
    MemoryNode node = new MemoryNode(1);
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    table.put("a", 1, "one");
    table.put("a", 1, "two");
    String iterator = table.horizon(table.shards().getFirst());
    PartitionPlacement placement = table.table.partitions().getFirst();
    node.stores
        .getFirst()
        .afterNextCursor(() ->
            node.group(placement)
                .submit(
                    new GroupCommand.AdvanceChangeLog(
                        placement.partition(), table.table.tableId(), 0, 1, 0, _ -> {})));
    ApiException refused = assertThrows(ApiException.class, () -> table.read(iterator));
    assertEquals(ErrorType.TRIMMED_DATA_ACCESS, refused.error().type());
  }

  @Test
  void recordsForIndexesAreSkippedAndReadingGoesOn() {
    MemoryNode node = new MemoryNode(1);
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.KEYS_ONLY);
    table.table =
        node.change(table.table, table.table.derived().withGlobalIndexes(List.of(node.index())));
    table.put("a", 1, "one");
    for (int round = 0; round < 90; round++) {
      refresh(table.table, node, StreamTable.item("a", 1, null), 100);
    }
    table.put("a", 1, "two");
    String iterator = table.horizon(table.shards().getFirst());
    int records = 0;
    int pages = 0;
    while (records < 2) {
      GetRecordsResponse page = table.read(iterator);
      records += page.records().size();
      pages++;
      String next = page.nextShardIterator();
      assertNotNull(next);
      assertTrue(!next.equals(iterator));
      iterator = next;
    }
    assertTrue(pages > 2, "pages " + pages);
    page(table, iterator);
  }

  private static void page(StreamTable table, String iterator) {
    assertEquals(List.of(), table.read(iterator).records());
  }

  private static void refresh(TableDescriptor table, MemoryNode node, Item key, int times) {
    PartitionPlacement placement = table.partitions().getFirst();
    byte[] itemKey = ItemKeys.ofItem(table, key);
    List<byte[]> keys = IntStream.range(0, times).mapToObj(_ -> itemKey).toList();
    node.group(placement)
        .submit(
            new GroupCommand.RefreshItems(
                placement.partition(),
                table.tableId(),
                table.schemaVersion(),
                keys,
                1,
                outcome -> assertEquals(new Outcome.Applied(null, null), outcome)));
  }

  @Test
  void imagesThatIndexesNeedAreNotTold() {
    MemoryNode node = new MemoryNode(1);
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.KEYS_ONLY);
    table.table =
        node.change(table.table, table.table.derived().withGlobalIndexes(List.of(node.index())));
    table.put("a", 1, "one");
    var change = table.records(table.shards().getFirst()).getFirst().dynamodb();
    assertEquals(StreamTable.item("a", 1, null), change.keys());
    assertEquals(null, change.newImage());
    assertEquals(change.keys().size(), change.sizeBytes());
  }

  @Test
  void changesBetweenTwoStreamsBelongToNeither() {
    MemoryNode node = new MemoryNode(1);
    StreamTable table = new StreamTable(node, "abc", 1, StreamViewType.NEW_IMAGE);
    DerivedData indexed = table.table.derived().withGlobalIndexes(List.of(node.index()));
    table.table = node.change(table.table, indexed);
    table.put("a", 1, "one");
    Shard old = table.shards().getFirst();
    String oldIterator = table.horizon(old);
    table.disable();
    table.put("a", 1, "two");
    table.enable(StreamViewType.NEW_IMAGE);
    table.put("a", 1, "three");
    assertEquals(List.of("one"), StreamTable.values(table.read(oldIterator).records()));
    assertEquals(List.of("three"), StreamTable.values(table.records(table.shards().getFirst())));
  }
}
