package dev.partita.engine.index;

import dev.partita.base.Bytes;
import dev.partita.base.Invariant;
import dev.partita.base.InvariantBrokenException;
import dev.partita.model.AttributeType;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.BinaryValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeyEncoding;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyTuple;
import dev.partita.storage.format.ItemKeyFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keys of index rows.
 *
 * <ul>
 *   <li>Local: the prefix of the item's collection, the number of the index (1 byte), its sort key
 *       as a tuple, the item's sort key.
 *   <li>Global: table id of the index, hash and length of the partition key tuple, the tuple; then
 *       the sort key tuple and the item's own key (length of its partition key, partition key, sort
 *       key).
 * </ul>
 *
 * An item has no row if a key attribute is missing, empty, too long or of another type than the
 * index says: a write of such an attribute is refused, but items that are older than the index may
 * have it.
 */
public final class IndexRows {
  /** The most bytes of all partition key values of an index together. */
  public static final int PARTITION_KEY_BYTES_MAX = 2048;

  /** The most bytes of all sort key values of an index together. */
  public static final int SORT_KEY_BYTES_MAX = 1024;

  private IndexRows() {}

  /** The key of the row of {@code item} in a local index; null if it has none. */
  public static byte @Nullable [] localKey(IndexDefinition index, byte[] itemKey, Item item) {
    List<AttributeValue> sortKey = values(index.key().sortKeys(), item, SORT_KEY_BYTES_MAX);
    if (sortKey == null) {
      return null;
    }
    byte[] tuple = KeyTuple.encode(sortKey);
    int collection = ItemKeyFormat.sortKeyOffset(itemKey);
    byte[] key = new byte[itemKey.length + 1 + tuple.length];
    System.arraycopy(itemKey, 0, key, 0, collection);
    key[collection] = (byte) index.number();
    System.arraycopy(tuple, 0, key, collection + 1, tuple.length);
    System.arraycopy(
        itemKey, collection, key, collection + 1 + tuple.length, itemKey.length - collection);
    return key;
  }

  /** What the keys of the rows of one local index of one item collection begin with. */
  public static byte[] localPrefix(int indexNumber, byte[] collectionPrefix) {
    byte[] prefix = Arrays.copyOf(collectionPrefix, collectionPrefix.length + 1);
    prefix[collectionPrefix.length] = (byte) indexNumber;
    return prefix;
  }

  /**
   * The key of the row of {@code item} in a global index; null if it has none.
   *
   * @param itemKey the item's own storage key
   */
  public static byte @Nullable [] globalKey(IndexDefinition index, byte[] itemKey, Item item) {
    KeySchema schema = index.key();
    List<AttributeValue> partitionKey =
        values(schema.partitionKeys(), item, PARTITION_KEY_BYTES_MAX);
    List<AttributeValue> sortKey =
        partitionKey == null ? null : values(schema.sortKeys(), item, SORT_KEY_BYTES_MAX);
    return partitionKey == null || sortKey == null
        ? null
        : ItemKeyFormat.encode(
            index.number(), KeyTuple.encode(partitionKey), globalSortKey(sortKey, itemKey));
  }

  private static byte[] globalSortKey(List<AttributeValue> sortKey, byte[] itemKey) {
    byte[] tuple = KeyTuple.encode(sortKey);
    int own = ItemKeyFormat.partitionKeyLengthOffset();
    byte[] joined = new byte[tuple.length + itemKey.length - own];
    System.arraycopy(tuple, 0, joined, 0, tuple.length);
    System.arraycopy(itemKey, own, joined, tuple.length, itemKey.length - own);
    return joined;
  }

  /**
   * The storage key of the item whose row of a global index has this key.
   *
   * @param tableId of the item's table
   * @throws InvariantBrokenException if it is no key of a row of the index
   */
  public static byte[] itemKeyOfGlobal(IndexDefinition index, int tableId, byte[] rowKey) {
    int own = KeyTuple.end(types(index.key().sortKeys()), rowKey, behindPartitionKey(rowKey));
    int partitionKey = own + Short.BYTES;
    Invariant.check(partitionKey <= rowKey.length, "index row key ends too early");
    int sortKey = partitionKey + ((rowKey[own] & 0xFF) << 8 | (rowKey[own + 1] & 0xFF));
    Invariant.check(sortKey <= rowKey.length, "index row key ends too early");
    return ItemKeyFormat.encode(
        tableId,
        Arrays.copyOfRange(rowKey, partitionKey, sortKey),
        Arrays.copyOfRange(rowKey, sortKey, rowKey.length));
  }

  /**
   * The storage key of the item whose row of a local index has this key.
   *
   * @throws InvariantBrokenException if it is no key of a row of the index
   */
  public static byte[] itemKeyOfLocal(IndexDefinition index, byte[] rowKey) {
    int collection = behindPartitionKey(rowKey);
    Invariant.check(
        collection < rowKey.length && rowKey[collection] == (byte) index.number(),
        "index row key is of another index");
    int own = KeyTuple.end(types(index.key().sortKeys()), rowKey, collection + 1);
    byte[] key = Arrays.copyOf(rowKey, collection + rowKey.length - own);
    System.arraycopy(rowKey, own, key, collection, rowKey.length - own);
    return key;
  }

  private static int behindPartitionKey(byte[] rowKey) {
    Invariant.check(
        rowKey.length >= ItemKeyFormat.partitionKeyLengthOffset() + Short.BYTES,
        "index row key is too short");
    int offset = ItemKeyFormat.sortKeyOffset(rowKey);
    Invariant.check(offset <= rowKey.length, "index row key ends too early");
    return offset;
  }

  private static List<AttributeType> types(List<KeyAttribute> attributes) {
    return attributes.stream().map(KeyAttribute::type).toList();
  }

  /** The values of a key's attributes; null if the item has no row. */
  private static @Nullable List<AttributeValue> values(
      List<KeyAttribute> attributes, Item item, int bytesMax) {
    List<AttributeValue> values = new ArrayList<>(attributes.size());
    int bytes = 0;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value == null || value.type() != attribute.type() || isEmpty(value)) {
        return null;
      }
      bytes += KeyEncoding.encode(value).length;
      values.add(value);
    }
    return bytes > bytesMax ? null : values;
  }

  /** Whether it is an empty string or binary, which no key may be. */
  public static boolean isEmpty(AttributeValue value) {
    return switch (value) {
      case StringValue(String text) -> text.isEmpty();
      case BinaryValue(Bytes bytes) -> bytes.size() == 0;
      case AttributeValue ignored -> false;
    };
  }
}
