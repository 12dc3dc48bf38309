package dev.partita.engine.operation;

import dev.partita.model.AttributeValue;
import dev.partita.model.KeyTuple;
import dev.partita.model.expression.KeySelection;
import dev.partita.model.expression.SortKeyCondition;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Ranges of index rows: behind a prefix, sort keys are written as tuples. */
final class IndexKeyRanges {
  private IndexKeyRanges() {}

  /** The rows behind {@code prefix} that the sort key conditions select. */
  static KeyRange of(byte[] prefix, KeySelection selection) {
    List<AttributeValue> equal = selection.sortPrefix();
    byte[] first = joined(prefix, KeyTuple.encode(equal));
    byte[] end = KeyRange.prefixEnd(first);
    return switch (selection.sortKey()) {
      case null -> KeyRange.of(first, end);
      case SortKeyCondition.Equal(AttributeValue value) -> {
        byte[] rows = rows(prefix, equal, value);
        yield KeyRange.of(rows, KeyRange.prefixEnd(rows));
      }
      case SortKeyCondition.Less(AttributeValue value) ->
          KeyRange.of(first, rows(prefix, equal, value));
      case SortKeyCondition.LessOrEqual(AttributeValue value) ->
          KeyRange.of(first, KeyRange.prefixEnd(rows(prefix, equal, value)));
      case SortKeyCondition.Greater(AttributeValue value) ->
          KeyRange.of(KeyRange.prefixEnd(rows(prefix, equal, value)), end);
      case SortKeyCondition.GreaterOrEqual(AttributeValue value) ->
          KeyRange.of(rows(prefix, equal, value), end);
      case SortKeyCondition.Between(AttributeValue low, AttributeValue high) ->
          KeyRange.of(rows(prefix, equal, low), KeyRange.prefixEnd(rows(prefix, equal, high)));
      case SortKeyCondition.BeginsWith(AttributeValue start) -> {
        byte[] rows = joined(prefix, KeyTuple.encodePrefix(equal, start));
        yield KeyRange.of(rows, KeyRange.prefixEnd(rows));
      }
    };
  }

  /** What all rows with these sort key values begin with. */
  private static byte[] rows(byte[] prefix, List<AttributeValue> equal, AttributeValue value) {
    List<AttributeValue> values = new ArrayList<>(equal);
    values.add(value);
    return joined(prefix, KeyTuple.encode(values));
  }

  private static byte[] joined(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }
}
