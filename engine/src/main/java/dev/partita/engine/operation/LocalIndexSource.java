package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RangeCursor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import dev.partita.model.expression.KeySelection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;

/** Reads the rows of a local index, which lie in the partitions of the table. */
record LocalIndexSource(TableDescriptor table, IndexDefinition index) implements ReadSource {
  private static final byte[] LEAST_SORT_KEY = {};

  @Override
  public int tableId() {
    return table.tableId();
  }

  @Override
  public KeySchema key() {
    return index.key();
  }

  @Override
  public KeyRange range(KeySelection selection) {
    byte[] partitionKey =
        ItemKeys.encode(index.key().partitionKey(), selection.partitionKey().getFirst());
    byte[] collection = ItemKeyFormat.encode(tableId(), partitionKey, LEAST_SORT_KEY);
    return IndexKeyRanges.of(IndexRows.localPrefix(index.number(), collection), selection);
  }

  @Override
  public byte[] position(Item startKey) {
    byte[] itemKey = ItemKeys.ofKey(table, ItemKeys.keyOf(table.keySchema(), startKey));
    byte[] key = IndexRows.localKey(index, itemKey, startKey);
    if (key == null) {
      throw OperationErrors.invalidStartKey();
    }
    return key;
  }

  @Override
  public RangeCursor cursor(
      RequestRouter router, KeyRange range, Direction direction, boolean consistent) {
    return router.localIndexCursor(
        table.partitionMap(), index.number(), range, direction, consistent);
  }
}
