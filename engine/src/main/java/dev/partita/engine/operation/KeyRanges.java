package dev.partita.engine.operation;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.storage.Direction;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.util.Base64;
import java.util.Set;
import java.util.StringJoiner;

/** What an ExclusiveStartKey leaves of the range of a Query or Scan. */
final class KeyRanges {
  private KeyRanges() {}

  /** What is left of a query's range beyond its ExclusiveStartKey. */
  static KeyRange beyondInQuery(
      ReadSource source, KeyRange range, Item startKey, Direction direction) {
    byte[] key = position(source, startKey);
    if (source.index() == null && source.key().sortKey() == null) {
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
  static KeyRange beyondInScan(ReadSource source, KeyRange range, Item startKey) {
    byte[] key = position(source, startKey);
    if (!range.contains(key)) {
      throw ApiException.validation(
          "The provided Exclusive start key does not map to the provided Segment and TotalSegments"
              + " values.");
    }
    return beyond(range, key, Direction.FORWARD);
  }

  private static byte[] position(ReadSource source, Item startKey) {
    Set<String> expected = source.startKeyAttributes();
    if (!startKey.attributes().keySet().equals(expected)) {
      throw OperationErrors.invalidStartKey();
    }
    return source.position(startKey);
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
}
