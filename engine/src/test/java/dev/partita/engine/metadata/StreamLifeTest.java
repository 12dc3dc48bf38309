package dev.partita.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableStatus;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that are enabled, disabled, enabled again and forgotten. */
class StreamLifeTest {
  private static final String TABLE = "abc";
  private static final long NOW = 1_764_039_845_123L;

  private final TestNode node = new TestNode(2);

  @BeforeEach
  void create() throws MetadataUnavailableException {
    node.create(TABLE);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private StreamDescriptor enable(StreamViewType viewType, long now)
      throws MetadataUnavailableException {
    TableDescriptor table = node.table(TABLE);
    List<StreamDescriptor> streams = new ArrayList<>(table.derived().streams());
    StreamDescriptor stream = node.controlPlane.newStream(streams, viewType, now);
    streams.add(stream);
    update(table, streams);
    return stream;
  }

  private void disable(long now) throws MetadataUnavailableException {
    TableDescriptor table = node.table(TABLE);
    List<StreamDescriptor> streams = new ArrayList<>(table.derived().streams());
    streams.add(streams.removeLast().disabledAt(now));
    update(table, streams);
  }

  private void update(TableDescriptor table, List<StreamDescriptor> streams)
      throws MetadataUnavailableException {
    node.controlPlane.update(
        table.withDerived(table.derived().withStreams(streams)).withStatus(TableStatus.UPDATING));
    assertEquals(TableStatus.ACTIVE, node.table(TABLE).status());
  }

  private List<List<StreamShard>> shards() {
    List<List<StreamShard>> shards = new ArrayList<>();
    for (PartitionPlacement placement : node.table(TABLE).partitions()) {
      ChangeLogState changeLog = node.group(placement).changeLog(placement.partition());
      assertNotNull(changeLog);
      shards.add(changeLog.shards());
    }
    return shards;
  }

  @Test
  void everyStreamHasShardsAndALabelOfItsOwn() throws MetadataUnavailableException {
    StreamDescriptor first = enable(StreamViewType.NEW_IMAGE, NOW);
    node.put(TABLE, "k", "v", 1);
    disable(NOW + 1);
    assertNull(node.table(TABLE).derived().enabledStream());
    assertEquals(first.streamId(), node.table(TABLE).derived().streams().getFirst().streamId());
    StreamDescriptor second = enable(StreamViewType.KEYS_ONLY, NOW); // The clock stands still.
    assertEquals("2025-11-25T03:04:05.123", first.label());
    assertEquals("2025-11-25T03:04:05.124", second.label());
    assertTrue(second.streamId() > first.streamId());
    for (List<StreamShard> shards : shards()) {
      assertEquals(2, shards.size());
      assertEquals(first.streamId(), shards.getFirst().streamId());
      assertTrue(!shards.getFirst().isOpen());
      assertEquals(second.streamId(), shards.getLast().streamId());
      assertTrue(shards.getLast().isOpen());
    }
    node.restart();
    assertEquals(second, node.table(TABLE).derived().enabledStream());
    disable(NOW + 2);
    assertTrue(enable(StreamViewType.OLD_IMAGE, NOW).streamId() > second.streamId());
  }

  @Test
  void oldStreamsAreForgotten() throws MetadataUnavailableException {
    enable(StreamViewType.NEW_IMAGE, NOW);
    disable(NOW + 10);
    StreamDescriptor second = enable(StreamViewType.NEW_IMAGE, NOW + 20);
    node.controlPlane.forgetStreams(TABLE, NOW + 10);
    node.controlPlane.forgetStreams("unknown", NOW + 10);
    node.runSideFlows();
    assertEquals(2, node.table(TABLE).derived().streams().size());
    node.controlPlane.forgetStreams(TABLE, NOW + 11);
    node.await(() -> node.table(TABLE).derived().streams().size() == 1);
    node.controlPlane.forgetStreams(TABLE, Long.MAX_VALUE);
    node.runSideFlows();
    assertEquals(second, node.table(TABLE).derived().enabledStream());
    node.restart();
    assertEquals(List.of(second), node.table(TABLE).derived().streams());
  }

  @Test
  void idsOfStreamsThatTheCatalogLostAreNotTakenAgain() throws MetadataUnavailableException {
    StreamDescriptor lost = enable(StreamViewType.NEW_IMAGE, NOW);
    TableDescriptor table = node.table(TABLE);
    node.stopAfter(0); // What the catalog counts from now on is not stored.
    node.controlPlane.newStream(List.of(), StreamViewType.NEW_IMAGE, NOW);
    node.restart();
    node.catalog.put(table.withDerived(DerivedData.NONE));
    disableInGroupsOnly();
    assertTrue(
        node.controlPlane.newStream(List.of(), StreamViewType.NEW_IMAGE, NOW).streamId()
            > lost.streamId());
  }

  private void disableInGroupsOnly() {
    node.restart(); // Brings the groups to know that there is no stream; its shards stay.
    for (List<StreamShard> shards : shards()) {
      assertEquals(1, shards.size());
      assertTrue(!shards.getFirst().isOpen());
    }
  }
}
