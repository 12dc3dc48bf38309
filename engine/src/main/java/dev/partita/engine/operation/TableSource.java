package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RangeCursor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyEncoding;
import dev.partita.model.KeySchema;
import dev.partita.model.expression.KeySelection;
import dev.partita.model.expression.SortKeyCondition;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import org.jspecify.annotations.Nullable;

/** Reads the items of a table. */
record TableSource(TableDescriptor table) implements ReadSource {
  private static final byte[] LEAST_SORT_KEY = {};

  @Override
  public @Nullable IndexDefinition index() {
    return null;
  }

  @Override
  public int tableId() {
    return table.tableId();
  }

  @Override
  public KeySchema key() {
    return table.keySchema();
  }

  @Override
  public KeyRange range(KeySelection selection) {
    byte[] partitionKey =
        ItemKeys.encode(table.keySchema().partitionKey(), selection.partitionKey().getFirst());
    byte[] first = ItemKeyFormat.encode(tableId(), partitionKey, LEAST_SORT_KEY);
    byte[] end = KeyRange.prefixEnd(first);
    return switch (selection.sortKey()) {
      case null -> KeyRange.of(first, end);
      case SortKeyCondition.Equal(AttributeValue value) -> {
        byte[] key = key(partitionKey, value);
        yield KeyRange.of(key, KeyRange.after(key));
      }
      case SortKeyCondition.Less(AttributeValue value) ->
          KeyRange.of(first, key(partitionKey, value));
      case SortKeyCondition.LessOrEqual(AttributeValue value) ->
          KeyRange.of(first, KeyRange.after(key(partitionKey, value)));
      case SortKeyCondition.Greater(AttributeValue value) ->
          KeyRange.of(KeyRange.after(key(partitionKey, value)), end);
      case SortKeyCondition.GreaterOrEqual(AttributeValue value) ->
          KeyRange.of(key(partitionKey, value), end);
      case SortKeyCondition.Between(AttributeValue low, AttributeValue high) ->
          KeyRange.of(key(partitionKey, low), KeyRange.after(key(partitionKey, high)));
      case SortKeyCondition.BeginsWith(AttributeValue prefix) -> {
        byte[] key = key(partitionKey, prefix);
        yield KeyRange.of(key, KeyRange.prefixEnd(key));
      }
    };
  }

  private byte[] key(byte[] partitionKey, AttributeValue sortKey) {
    return ItemKeyFormat.encode(tableId(), partitionKey, KeyEncoding.encode(sortKey));
  }

  @Override
  public byte[] position(Item startKey) {
    return ItemKeys.ofKey(table, startKey);
  }

  @Override
  public RangeCursor cursor(
      RequestRouter router, KeyRange range, Direction direction, boolean consistent) {
    return router.cursor(table.partitionMap(), range, direction, consistent);
  }
}
