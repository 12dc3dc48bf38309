package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.operation.StatementRead.Part;
import dev.partita.model.KeyEncoding;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.Condition;
import dev.partita.model.expression.KeyBranch;
import dev.partita.model.expression.KeySelection;
import dev.partita.model.expression.SortKeyCondition;
import dev.partita.storage.Direction;
import dev.partita.storage.format.KeyRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lays the reads of a WHERE clause out as ranges of keys that do not overlap, so that no item comes
 * twice.
 *
 * <p>Source: AWS, "PartiQL select statements for DynamoDB", and answers of AWS.
 */
final class StatementRanges {
  private StatementRanges() {}

  private record Branch(KeyBranch branch, KeyRange range) {
    boolean overlaps(Branch other) {
      return !range.intersection(other.range).isEmpty();
    }
  }

  /**
   * The ranges in the order in which they are read: collection by collection, inside a collection
   * by sort key.
   *
   * @param where all of the clause
   */
  static List<Part> of(
      List<KeyBranch> branches, ReadSource source, Condition where, StatementOrder order) {
    List<Part> parts = new ArrayList<>();
    for (List<Branch> collection : collections(branches, source, order)) {
      collection.sort(Comparator.comparing(branch -> branch.range.start()));
      List<Part> ranges =
          isSeparate(collection)
              ? collection.stream()
                  .map(branch -> new Part(branch.range, branch.branch.rest()))
                  .toList()
              : List.of(new Part(hull(collection), where));
      parts.addAll(order.sortKeys() == Direction.FORWARD ? ranges : ranges.reversed());
    }
    return parts;
  }

  private static List<List<Branch>> collections(
      List<KeyBranch> branches, ReadSource source, StatementOrder order) {
    Map<Bytes, List<Branch>> byPartition = new LinkedHashMap<>();
    for (KeyBranch branch : branches) {
      byPartition
          .computeIfAbsent(
              Bytes.wrap(KeyEncoding.encode(branch.partitionKey())), _ -> new ArrayList<>())
          .add(new Branch(branch, range(branch, source)));
    }
    Direction partitions = order.partitions();
    if (partitions == null) {
      return new ArrayList<>(byPartition.values());
    }
    List<List<Branch>> sorted =
        byPartition.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList();
    return partitions == Direction.FORWARD ? sorted : sorted.reversed();
  }

  private static KeyRange range(KeyBranch branch, ReadSource source) {
    KeyRange range =
        source.range(new KeySelection(List.of(branch.partitionKey()), List.of(), null));
    for (SortKeyCondition condition : branch.sortKey()) {
      range =
          range.intersection(
              source.range(new KeySelection(List.of(branch.partitionKey()), List.of(), condition)));
    }
    // A table without sort key has one item in a collection.
    return source instanceof TableSource && source.key().sortKey() == null
        ? KeyRange.of(range.start().array(), KeyRange.after(range.start().array()))
        : range;
  }

  /**
   * Whether each branch can be read for itself. AWS refuses branches that overlap, unless one of
   * them excludes something by a condition on the sort key that is none of its range.
   */
  private static boolean isSeparate(List<Branch> collection) {
    boolean separate = true;
    for (int first = 0; first < collection.size(); first++) {
      for (int second = first + 1; second < collection.size(); second++) {
        Branch one = collection.get(first);
        Branch other = collection.get(second);
        if (one.overlaps(other)) {
          if (!one.branch.sortKeyInRest() && !other.branch.sortKeyInRest()) {
            throw ApiException.validation(
                "Overlapping conditions with range keys are not supported in where clause");
          }
          separate = false;
        }
      }
    }
    return separate;
  }

  /** From the least key of any branch to the greatest. */
  private static KeyRange hull(List<Branch> collection) {
    List<KeyRange> ranges =
        collection.stream().map(Branch::range).filter(range -> !range.isEmpty()).toList();
    Bytes end = ranges.stream().map(KeyRange::end).max(Comparator.naturalOrder()).orElseThrow();
    return new KeyRange(ranges.getFirst().start(), end);
  }
}
