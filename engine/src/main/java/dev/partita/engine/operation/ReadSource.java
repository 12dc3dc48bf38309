package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.router.RangeCursor;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.KeySelection;
import dev.partita.storage.Direction;
import dev.partita.storage.format.HashSpace;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Query or Scan reads: a table, or rows of one of its indexes. Rows hold the projected
 * attributes.
 */
sealed interface ReadSource permits TableSource, LocalIndexSource, GlobalIndexSource {

  /** The table that a request names, or its index {@code indexName}. */
  static ReadSource of(TableDescriptor table, @Nullable String indexName, boolean consistent) {
    if (indexName == null) {
      return new TableSource(table);
    }
    IndexDefinition local = table.derived().localIndex(indexName);
    if (local != null) {
      return new LocalIndexSource(table, local);
    }
    GlobalIndexDescriptor global = table.derived().globalIndex(indexName);
    if (global == null) {
      throw ApiException.validation("The table does not have the specified index: " + indexName);
    }
    if (consistent) {
      throw ApiException.validation(
          "Consistent reads are not supported on global secondary indexes");
    }
    if (!global.servesReads()) {
      throw ApiException.validation(
          "Cannot read from backfilling global secondary index: " + indexName);
    }
    return new GlobalIndexSource(table, global);
  }

  TableDescriptor table();

  /** The index; null for the table itself. */
  @Nullable IndexDefinition index();

  /** The table id in the storage keys of what is read. */
  int tableId();

  /** The key that key conditions are about. */
  KeySchema key();

  /** The storage keys that a key condition selects. */
  KeyRange range(KeySelection selection);

  /**
   * The storage key at which an ExclusiveStartKey, which has just the attributes that it should,
   * stands.
   */
  byte[] position(Item startKey);

  /** Walks what is read. */
  RangeCursor cursor(RequestRouter router, KeyRange range, Direction direction, boolean consistent);

  /** The storage keys of one segment of a parallel scan. */
  default KeyRange segment(int segment, int totalSegments) {
    byte[] start =
        ItemKeyFormat.hashBoundary(tableId(), HashSpace.firstHash(segment, totalSegments));
    byte[] end =
        segment + 1 == totalSegments
            ? ItemKeyFormat.tableEnd(tableId())
            : ItemKeyFormat.hashBoundary(
                tableId(), HashSpace.firstHash(segment + 1, totalSegments));
    return KeyRange.of(start, end);
  }

  /** Names of the attributes of LastEvaluatedKey and ExclusiveStartKey. */
  default Set<String> startKeyAttributes() {
    Set<String> names = new LinkedHashSet<>();
    for (KeyAttribute attribute : key().attributes()) {
      names.add(attribute.name());
    }
    for (KeyAttribute attribute : table().keySchema().attributes()) {
      names.add(attribute.name());
    }
    return names;
  }

  /** The LastEvaluatedKey of a page that ends with {@code row}. */
  default Item startKey(Item row) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    for (String name : startKeyAttributes()) {
      AttributeValue value = row.get(name);
      if (value != null) {
        key.put(name, value);
      }
    }
    return Item.of(key);
  }
}
