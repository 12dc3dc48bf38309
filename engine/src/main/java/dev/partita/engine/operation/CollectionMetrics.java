package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.Outcome;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ItemCollectionMetrics;
import dev.partita.model.api.ReturnItemCollectionMetrics;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** ItemCollectionMetrics as the request asked for them; only tables with local indexes have any. */
final class CollectionMetrics {
  private static final double GIGABYTE = 1L << 30;

  private CollectionMetrics() {}

  /** Of a single-item write. */
  static @Nullable ItemCollectionMetrics of(
      @Nullable ReturnItemCollectionMetrics asked, ItemWrite write, Outcome.Applied applied) {
    return of(asked, write.table(), write.keyOrItem(), applied);
  }

  /**
   * Null unless the request asked and the table has local indexes.
   *
   * @param item has at least the key attributes
   */
  static @Nullable ItemCollectionMetrics of(
      @Nullable ReturnItemCollectionMetrics asked,
      TableDescriptor table,
      Item item,
      Outcome.Applied applied) {
    if (asked != ReturnItemCollectionMetrics.SIZE
        || applied.collectionBytes() == Outcome.Applied.NO_COLLECTION) {
      return null;
    }
    String name = table.keySchema().partitionKey().name();
    AttributeValue value = item.get(name);
    double gigabytes = Math.floor(applied.collectionBytes() / GIGABYTE);
    return new ItemCollectionMetrics(
        value == null ? Item.EMPTY : Item.of(Map.of(name, value)),
        List.of(gigabytes, gigabytes + 1));
  }
}
