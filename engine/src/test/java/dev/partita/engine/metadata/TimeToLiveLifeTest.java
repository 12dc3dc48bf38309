package dev.partita.engine.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.partita.model.api.TimeToLiveStatus;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Time to live that is enabled and disabled on a table with items. */
class TimeToLiveLifeTest {
  private static final String TABLE = "abc";

  private final TestNode node = new TestNode(2);

  @BeforeEach
  void create() throws MetadataUnavailableException {
    node.create(TABLE);
  }

  @AfterEach
  void close() {
    node.close();
  }

  private void set(String attribute, TimeToLiveStatus status) throws MetadataUnavailableException {
    node.controlPlane.setTimeToLive(node.table(TABLE), new TimeToLive(attribute, status, 7));
  }

  private TimeToLiveStatus status() {
    TimeToLive timeToLive = node.table(TABLE).derived().timeToLive();
    assertNotNull(timeToLive);
    return timeToLive.status();
  }

  private void put(int count) {
    for (int i = 0; i < count; i++) {
      node.put(TABLE, "k" + i, "v", i);
    }
  }

  @Test
  void ofATableWithoutItemsIsEnabledAtOnce() throws MetadataUnavailableException {
    set("n", TimeToLiveStatus.ENABLING);
    assertEquals(TimeToLiveStatus.ENABLED, status());
    put(3);
    assertEquals(List.of(0L, 1L, 2L), node.marks(node.table(TABLE)));
  }

  @Test
  void itemsThatAreThereAreMarkedFirst() throws MetadataUnavailableException {
    put(500);
    set("n", TimeToLiveStatus.ENABLING);
    assertEquals(TimeToLiveStatus.ENABLING, status());
    assertEquals(
        new BackfillProgress(TABLE, null, 0, 500), node.controlPlane.backfillProgress().getFirst());
    node.put(TABLE, "k0", "v", 1_000);
    node.delete(TABLE, "k1");
    node.await(() -> status() == TimeToLiveStatus.ENABLED);
    assertEquals(
        LongStream.concat(LongStream.range(2, 500), LongStream.of(1_000)).boxed().toList(),
        node.marks(node.table(TABLE)));
    node.restart();
    assertEquals(TimeToLiveStatus.ENABLED, status());
  }

  @Test
  void canBeDisabledAndEnabledForAnotherAttribute() throws MetadataUnavailableException {
    put(50);
    set("n", TimeToLiveStatus.ENABLING);
    node.await(() -> status() == TimeToLiveStatus.ENABLED);
    set("n", TimeToLiveStatus.DISABLING);
    assertEquals(TimeToLiveStatus.DISABLED, status());
    assertEquals(List.of(), node.marks(node.table(TABLE)));
    set("x", TimeToLiveStatus.ENABLING);
    node.await(() -> status() == TimeToLiveStatus.ENABLED);
    assertEquals(List.of(), node.marks(node.table(TABLE))); // x holds texts.
  }

  @Test
  void isMarkedBesideTheFillingOfAnIndex() throws MetadataUnavailableException {
    put(300);
    set("n", TimeToLiveStatus.ENABLING);
    GlobalIndexDescriptor index = node.addIndex(TABLE, "byX", "x");
    assertEquals(2, node.controlPlane.backfillProgress().size());
    node.await(() -> node.controlPlane.backfillProgress().isEmpty());
    node.await(() -> status() == TimeToLiveStatus.ENABLED);
    assertEquals(300, node.rows(index, "x").size());
    assertEquals(300, node.marks(node.table(TABLE)).size());
  }
}
