package dev.partita.engine.operation;

import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeyEncoding;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.KeySelection;
import dev.partita.model.expression.SortKeyCondition;
import dev.partita.storage.Direction;
import dev.partita.storage.format.HashSpace;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.Base64;
import java.util.StringJoiner;

/** Ranges of storage keys for Query and Scan. */
final class KeyRanges {
  private static final byte[] LEAST_SORT_KEY = {};

  private KeyRanges() {}

  /** The storage keys that a key condition selects. */
  static KeyRange of(TableDescriptor table, KeySelection selection) {
    byte[] partitionKey =
        ItemKeys.encode(table.keySchema().partitionKey(), selection.partitionKey().getFirst());
    byte[] first = ItemKeyFormat.encode(table.tableId(), partitionKey, LEAST_SORT_KEY);
    byte[] end = KeyRange.prefixEnd(first);
    return switch (selection.sortKey()) {
      case null -> KeyRange.of(first, end);
      case SortKeyCondition.Equal(AttributeValue value) -> {
        byte[] key = key(table, partitionKey, value);
        yield KeyRange.of(key, KeyRange.after(key));
      }
      case SortKeyCondition.Less(AttributeValue value) ->
          KeyRange.of(first, key(table, partitionKey, value));
      case SortKeyCondition.LessOrEqual(AttributeValue value) ->
          KeyRange.of(first, KeyRange.after(key(table, partitionKey, value)));
      case SortKeyCondition.Greater(AttributeValue value) ->
          KeyRange.of(KeyRange.after(key(table, partitionKey, value)), end);
      case SortKeyCondition.GreaterOrEqual(AttributeValue value) ->
          KeyRange.of(key(table, partitionKey, value), end);
      case SortKeyCondition.Between(AttributeValue low, AttributeValue high) ->
          KeyRange.of(
              key(table, partitionKey, low), KeyRange.after(key(table, partitionKey, high)));
      case SortKeyCondition.BeginsWith(AttributeValue prefix) -> {
        byte[] key = key(table, partitionKey, prefix);
        yield KeyRange.of(key, KeyRange.prefixEnd(key));
      }
    };
  }

  private static byte[] key(TableDescriptor table, byte[] partitionKey, AttributeValue sortKey) {
    return ItemKeyFormat.encode(table.tableId(), partitionKey, KeyEncoding.encode(sortKey));
  }

  /** The storage keys of one segment of a parallel scan. */
  static KeyRange segment(TableDescriptor table, int segment, int totalSegments) {
    byte[] start =
        ItemKeyFormat.hashBoundary(table.tableId(), HashSpace.firstHash(segment, totalSegments));
    byte[] end =
        segment + 1 == totalSegments
            ? ItemKeyFormat.tableEnd(table.tableId())
            : ItemKeyFormat.hashBoundary(
                table.tableId(), HashSpace.firstHash(segment + 1, totalSegments));
    return KeyRange.of(start, end);
  }

  /** What is left of a query's range beyond its ExclusiveStartKey. */
  static KeyRange beyondInQuery(
      TableDescriptor table, KeyRange range, Item startKey, Direction direction) {
    checkStartKey(table.keySchema(), startKey);
    byte[] key = ItemKeys.ofKey(table, startKey);
    if (table.keySchema().sortKey() == null) {
      // A collection of one item has nothing behind it.
      throw ApiException.validation(
          "The provided exclusive start key is invalid: ExclusiveStartKey: " + text(startKey));
    }
    if (!ItemKeyFormat.sameCollection(key, range.start().array())) {
      throw ApiException.validation(
          "The provided starting key is outside query boundaries based on provided conditions");
    }
    if (!range.contains(key) && !range.isEmpty()) {
      throw ApiException.validation(
          "The provided starting key does not match the range key predicate");
    }
    return beyond(range, key, direction);
  }

  /** What is left of a scan's range beyond its ExclusiveStartKey. */
  static KeyRange beyondInScan(TableDescriptor table, KeyRange range, Item startKey) {
    checkStartKey(table.keySchema(), startKey);
    byte[] key = ItemKeys.ofKey(table, startKey);
    if (!range.contains(key)) {
      throw ApiException.validation(
          "The provided Exclusive start key does not map to the provided Segment and TotalSegments"
              + " values.");
    }
    return beyond(range, key, Direction.FORWARD);
  }

  private static KeyRange beyond(KeyRange range, byte[] key, Direction direction) {
    return switch (direction) {
      case FORWARD -> KeyRange.of(KeyRange.after(key), range.end().array());
      case BACKWARD -> KeyRange.of(range.start().array(), key);
    };
  }

  /** A key as AWS prints it here: {@code {p=AttributeValue: {S:text}}}. */
  private static String text(Item key) {
    StringJoiner text = new StringJoiner(", ", "{", "}");
    key.attributes().forEach((name, value) -> text.add(name + "=AttributeValue: " + text(value)));
    return text.toString();
  }

  private static String text(AttributeValue value) {
    return switch (value) {
      case AttributeValue.StringValue string -> "{S:" + string.value() + "}";
      case AttributeValue.NumberValue number -> "{N:" + number.value() + "}";
      case AttributeValue.BinaryValue binary ->
          "{B:" + Base64.getEncoder().encodeToString(binary.value().array()) + "}";
      case AttributeValue other -> throw new IllegalArgumentException("no key: " + other.type());
    };
  }

  private static void checkStartKey(KeySchema schema, Item startKey) {
    boolean whole = startKey.attributes().size() == schema.attributes().size();
    for (KeyAttribute attribute : schema.attributes()) {
      whole &= startKey.contains(attribute.name());
    }
    if (!whole) {
      throw ApiException.validation("The provided starting key is invalid");
    }
  }
}
