package dev.partita.engine.item;

import dev.partita.base.Bytes;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.IndexRows;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeyEncoding;
import dev.partita.model.api.ApiException;
import dev.partita.model.expression.Update;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an item that is written must have as keys of the table's indexes: each attribute is missing
 * or a value of the index's type, not empty and not too long.
 *
 * <p>Source: error texts as AWS answers them.
 */
public final class IndexKeys {
  private IndexKeys() {}

  /** Checks an item that is to be put. */
  public static void check(TableDescriptor table, Item item) {
    String problem = problem(table, item);
    if (problem != null) {
      throw ApiException.validation(problem);
    }
  }

  /** Checks that an update does not reach into a key of an index, which is a scalar. */
  public static void checkPaths(TableDescriptor table, Update update) {
    table.derived().localIndexes().forEach(index -> checkPaths(index, update));
    table.derived().globalIndexes().forEach(index -> checkPaths(index.definition(), update));
  }

  private static void checkPaths(IndexDefinition index, Update update) {
    for (KeyAttribute attribute : index.key().attributes()) {
      if (update.reachesInto(attribute.name())) {
        throw ApiException.validation(
            "Key attributes must be scalars; list random access '[]' and map lookup '.' are not"
                + " allowed: IndexKey: "
                + attribute.name());
      }
    }
  }

  /** Why {@code item} cannot be put; null if it can. */
  public static @Nullable String problem(TableDescriptor table, Item item) {
    return problem(table, item, null);
  }

  /**
   * Why an item cannot be updated to {@code after}; null if it can. What the update leaves as it
   * was is not looked at: an item may be older than the index.
   */
  public static @Nullable String updateProblem(TableDescriptor table, Item before, Item after) {
    return problem(table, after, before);
  }

  private static @Nullable String problem(TableDescriptor table, Item item, @Nullable Item before) {
    for (IndexDefinition index : table.derived().localIndexes()) {
      String problem = problem(index, item, before);
      if (problem != null) {
        return problem;
      }
    }
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      String problem = problem(index.definition(), item, before);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private static @Nullable String problem(IndexDefinition index, Item item, @Nullable Item before) {
    String problem =
        problem(
            index,
            index.key().partitionKeys(),
            item,
            before,
            IndexRows.PARTITION_KEY_BYTES_MAX,
            "Size of hashkey has exceeded the maximum size limit of2048 bytes");
    return problem != null
        ? problem
        : problem(
            index,
            index.key().sortKeys(),
            item,
            before,
            IndexRows.SORT_KEY_BYTES_MAX,
            "Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }

  private static @Nullable String problem(
      IndexDefinition index,
      List<KeyAttribute> attributes,
      Item item,
      @Nullable Item before,
      int bytesMax,
      String tooLong) {
    int bytes = 0;
    boolean changed = before == null;
    for (KeyAttribute attribute : attributes) {
      AttributeValue value = item.get(attribute.name());
      if (value == null) {
        continue;
      }
      if (before == null || !value.equals(before.get(attribute.name()))) {
        String problem = problem(index, attribute, value, before != null);
        if (problem != null) {
          return problem;
        }
        changed = true;
      }
      bytes += value.type() == attribute.type() ? KeyEncoding.encode(value).length : 0;
    }
    return changed && bytes > bytesMax
        ? "One or more parameter values were invalid: " + tooLong
        : null;
  }

  private static @Nullable String problem(
      IndexDefinition index, KeyAttribute attribute, AttributeValue value, boolean update) {
    if (value.type() != attribute.type()) {
      return "One or more parameter values were invalid: Type mismatch for Index Key "
          + attribute.name()
          + " Expected: "
          + attribute.type()
          + " Actual: "
          + value.type()
          + " IndexName: "
          + index.name();
    }
    String empty =
        switch (value) {
          case AttributeValue.StringValue(String text) when text.isEmpty() -> "string";
          case AttributeValue.BinaryValue(Bytes content) when content.size() == 0 -> "binary";
          case AttributeValue ignored -> null;
        };
    if (empty == null) {
      return null;
    }
    return update
        ? "One or more parameter values are not valid. The update expression attempted to update a"
            + " secondary index key to a value that is not supported. The AttributeValue for a key"
            + " attribute cannot contain an empty "
            + empty
            + " value."
        : "One or more parameter values are not valid. A value specified for a secondary index key"
            + " is not supported. The AttributeValue for a key attribute cannot contain an empty "
            + empty
            + " value. IndexName: "
            + index.name()
            + ", IndexKey: "
            + attribute.name();
  }
}
