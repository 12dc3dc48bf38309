package dev.partita.engine.scrub;

import dev.partita.base.Bytes;
import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.scrub.Difference.Problem;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the check of one table has found so far. */
final class Findings {
  private final TableDescriptor table;
  private final int listedMax;
  private final Map<String, IndexTally> indexes = new LinkedHashMap<>();
  private final List<Difference> differences = new ArrayList<>();
  private long differenceCount;
  private long damagedCount;
  long items;
  long itemBytes;
  long expiryMarks;
  long unsettled;

  /** Counts of one index. */
  static final class IndexTally {
    private final String name;
    private final boolean global;
    private final String skipped;
    long rows;
    long rowsExpected;
    private long missing;
    private long superfluous;
    private long different;

    private IndexTally(String name, boolean global, String skipped) {
      this.name = name;
      this.global = global;
      this.skipped = skipped;
    }

    private IndexResult result() {
      return new IndexResult(
          name, global, skipped, rows, rowsExpected, missing, superfluous, different);
    }
  }

  /**
   * Nothing yet.
   *
   * @param listedMax how many differences are kept; the others are counted
   */
  Findings(TableDescriptor table, int listedMax) {
    this.table = table;
    this.listedMax = listedMax;
  }

  /** An index that the report has a line for. */
  void index(String name, boolean global, String skipped) {
    indexes.putIfAbsent(name, new IndexTally(name, global, skipped));
  }

  /** The counts of an index that the report has a line for. */
  IndexTally index(String name) {
    return Objects.requireNonNull(indexes.get(name));
  }

  /** A row that is not as it should be. */
  void row(String indexName, Problem problem, byte @Nullable [] itemKey, byte[] rowKey) {
    row(indexName, problem, itemKey, rowKey, List.of());
  }

  /**
   * Compares a row with what it should be.
   *
   * @return whether it is so
   */
  static boolean isAsExpected(Item expected, StoredItem found) {
    return found.size() == expected.size() && expected.equals(found.item());
  }

  /** A row whose content is another. */
  void differentRow(
      String indexName, byte[] itemKey, byte[] rowKey, Item expected, StoredItem found) {
    row(indexName, Problem.DIFFERENT, itemKey, rowKey, differing(expected, found.item()));
  }

  private void row(
      String indexName,
      Problem problem,
      byte @Nullable [] itemKey,
      byte[] rowKey,
      List<String> attributes) {
    IndexTally tally = index(indexName);
    switch (problem) {
      case MISSING -> tally.missing++;
      case SUPERFLUOUS -> tally.superfluous++;
      case DIFFERENT -> tally.different++;
    }
    add(new Difference.Row(indexName, problem, keyOf(itemKey), Bytes.wrap(rowKey), attributes));
  }

  private static List<String> differing(Item expected, Item found) {
    Map<String, AttributeValue> left = expected.attributes();
    Map<String, AttributeValue> right = found.attributes();
    TreeSet<String> names = new TreeSet<>(left.keySet());
    names.addAll(right.keySet());
    return names.stream().filter(name -> !Objects.equals(left.get(name), right.get(name))).toList();
  }

  /** A mark of expiry that is missing or superfluous. */
  void expiryMark(Problem problem, byte[] itemKey, long second) {
    add(new Difference.ExpiryMark(problem, keyOf(itemKey), second));
  }

  /** A count, if it is wrong. */
  void count(String name, String where, long stored, long counted) {
    if (stored != counted) {
      add(new Difference.Count(name, where, stored, counted));
    }
  }

  /** A count, if it is wrong; {@code where} is asked only then. */
  void count(String name, Supplier<String> where, long stored, long counted) {
    if (stored != counted) {
      count(name, where.get(), stored, counted);
    }
  }

  /** A value that cannot be read. */
  void damaged(String where, byte[] key, InvariantBrokenException damage) {
    damagedCount++;
    add(new Difference.Damaged(where, Bytes.wrap(key), String.valueOf(damage.getMessage())));
  }

  /** How many values could not be read so far; where there are some, counts say nothing. */
  long damagedCount() {
    return damagedCount;
  }

  private void add(Difference difference) {
    differenceCount++;
    if (differences.size() < listedMax) {
      differences.add(difference);
    }
  }

  /** The key attributes of an item; null if the key is none of the table. */
  private @Nullable Item keyOf(byte @Nullable [] itemKey) {
    if (itemKey == null) {
      return null;
    }
    try {
      return ItemKeys.decode(table.keySchema(), itemKey);
    } catch (InvariantBrokenException isNone) {
      return null;
    }
  }

  ScrubReport report(String failure, long millis) {
    return new ScrubReport(
        table.name(),
        failure,
        items,
        itemBytes,
        expiryMarks,
        indexes.values().stream().map(IndexTally::result).toList(),
        differenceCount,
        List.copyOf(differences),
        unsettled,
        millis);
  }
}
