package dev.partita.engine.item;

import dev.partita.base.Bytes;
import dev.partita.base.Invariant;
import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.BinaryValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeyEncoding;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiException;
import dev.partita.storage.format.ItemKeyFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From the key attributes of an item to its storage key. Key values: S, N or B, not empty; a
 * partition key has at most 2048 bytes, a sort key at most 1024.
 *
 * <p>Source: AWS, "Quotas in Amazon DynamoDB"; error texts as AWS answers them.
 */
public final class ItemKeys {
  private static final int PARTITION_KEY_BYTES_MAX = 2048;
  private static final int SORT_KEY_BYTES_MAX = 1024;
  private static final byte[] NO_SORT_KEY = {};

  private ItemKeys() {}

  /** The storage key of a whole item that is to be put. */
  public static byte[] ofItem(TableDescriptor table, Item item) {
    KeySchema schema = table.keySchema();
    byte[] partitionKey = encodeItemAttribute(schema.partitionKey(), item);
    byte[] sortKey =
        schema.sortKey() == null ? NO_SORT_KEY : encodeItemAttribute(schema.sortKey(), item);
    return ItemKeyFormat.encode(table.tableId(), partitionKey, sortKey);
  }

  private static byte[] encodeItemAttribute(KeyAttribute attribute, Item item) {
    AttributeValue value = item.get(attribute.name());
    if (value == null) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Missing the key "
              + attribute.name()
              + " in the item");
    }
    if (value.type() != attribute.type()) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Type mismatch for key "
              + attribute.name()
              + " expected: "
              + attribute.type()
              + " actual: "
              + value.type());
    }
    return encode(attribute, value);
  }

  /** The storage key of a Key parameter, which has the key attributes and no others. */
  public static byte[] ofKey(TableDescriptor table, Item key) {
    KeySchema schema = table.keySchema();
    Map<String, AttributeValue> attributes = key.attributes();
    if (attributes.size() != schema.attributes().size()) {
      throw schemaMismatch();
    }
    byte[] partitionKey = encodeKeyAttribute(schema.partitionKey(), attributes);
    byte[] sortKey =
        schema.sortKey() == null ? NO_SORT_KEY : encodeKeyAttribute(schema.sortKey(), attributes);
    return ItemKeyFormat.encode(table.tableId(), partitionKey, sortKey);
  }

  private static byte[] encodeKeyAttribute(
      KeyAttribute attribute, Map<String, AttributeValue> attributes) {
    AttributeValue value = attributes.get(attribute.name());
    if (value == null || value.type() != attribute.type()) {
      throw schemaMismatch();
    }
    return encode(attribute, value);
  }

  /** A Key parameter, or what stands for one, that is not a key of the table. */
  public static ApiException schemaMismatch() {
    return ApiException.validation("The provided key element does not match the schema");
  }

  /** The ordered bytes of a key value, checked for emptiness and length. */
  public static byte[] encode(KeyAttribute attribute, AttributeValue value) {
    checkNotEmpty(attribute, value);
    byte[] encoded = KeyEncoding.encode(value);
    checkLength(attribute.keyType(), encoded.length);
    return encoded;
  }

  private static void checkNotEmpty(KeyAttribute attribute, AttributeValue value) {
    String kind = null;
    if (value instanceof StringValue string && string.value().isEmpty()) {
      kind = "string";
    } else if (value instanceof BinaryValue(Bytes bytes) && bytes.size() == 0) {
      kind = "binary";
    }
    if (kind != null) {
      throw ApiException.validation(
          "One or more parameter values are not valid. The AttributeValue for a key attribute"
              + " cannot contain an empty "
              + kind
              + " value. Key: "
              + attribute.name());
    }
  }

  private static void checkLength(KeyType keyType, int length) {
    switch (keyType) {
      case HASH -> {
        if (length > PARTITION_KEY_BYTES_MAX) {
          throw ApiException.validation(
              "One or more parameter values were invalid: "
                  + "Size of hashkey has exceeded the maximum size limit of2048 bytes");
        }
      }
      case RANGE -> {
        if (length > SORT_KEY_BYTES_MAX) {
          throw ApiException.validation(
              "One or more parameter values were invalid: "
                  + "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
        }
      }
    }
  }

  /**
   * The key attributes that a storage key was made of.
   *
   * @throws InvariantBrokenException if it is no key of such a table
   */
  public static Item decode(KeySchema schema, byte[] storageKey) {
    int partitionKey = ItemKeyFormat.partitionKeyLengthOffset() + Short.BYTES;
    int end = ItemKeyFormat.sortKeyOffset(storageKey);
    Invariant.check(end <= storageKey.length, "storage key ends too early");
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    KeyAttribute partition = schema.partitionKey();
    key.put(
        partition.name(),
        KeyEncoding.decode(partition.type(), storageKey, partitionKey, end - partitionKey));
    KeyAttribute sort = schema.sortKey();
    if (sort != null) {
      key.put(
          sort.name(), KeyEncoding.decode(sort.type(), storageKey, end, storageKey.length - end));
    }
    return Item.of(key);
  }

  /** The key attributes of a stored item, as in LastEvaluatedKey. */
  public static Item keyOf(KeySchema schema, Item item) {
    Map<String, AttributeValue> key = new LinkedHashMap<>();
    for (KeyAttribute attribute : schema.attributes()) {
      @Nullable AttributeValue value = item.get(attribute.name());
      if (value != null) {
        key.put(attribute.name(), value);
      }
    }
    return Item.of(key);
  }
}
