package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RangeCursor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyTuple;
import dev.partita.model.expression.KeySelection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.List;

/** Reads the rows of a global index. */
record GlobalIndexSource(TableDescriptor table, GlobalIndexDescriptor descriptor)
    implements ReadSource {
  private static final byte[] LEAST_SORT_KEY = {};

  @Override
  public IndexDefinition index() {
    return descriptor.definition();
  }

  @Override
  public int tableId() {
    return descriptor.definition().number();
  }

  @Override
  public KeySchema key() {
    return descriptor.definition().key();
  }

  @Override
  public KeyRange range(KeySelection selection) {
    List<KeyAttribute> partitionKeys = key().partitionKeys();
    for (int place = 0; place < partitionKeys.size(); place++) {
      ItemKeys.encode(partitionKeys.get(place), selection.partitionKey().get(place)); // Checks it.
    }
    byte[] tuple = KeyTuple.encode(selection.partitionKey());
    return IndexKeyRanges.of(ItemKeyFormat.encode(tableId(), tuple, LEAST_SORT_KEY), selection);
  }

  @Override
  public byte[] position(Item startKey) {
    byte[] itemKey = ItemKeys.ofKey(table, ItemKeys.keyOf(table.keySchema(), startKey));
    byte[] key = IndexRows.globalKey(index(), itemKey, startKey);
    if (key == null) {
      throw OperationErrors.invalidStartKey();
    }
    return key;
  }

  @Override
  public RangeCursor cursor(
      RequestRouter router, KeyRange range, Direction direction, boolean consistent) {
    return router.globalIndexCursor(descriptor.partitionMap(), range, direction);
  }
}
