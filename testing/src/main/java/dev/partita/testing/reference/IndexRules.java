package dev.partita.testing.reference;

import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.StringValue;
import java.util.List;
import java.util.Optional;

/**
 * What items may hold in the key attributes of indexes: nothing, or a value that can be a key. A
 * write that breaks this is refused as a whole.
 */
final class IndexRules {

  private static final int PARTITION_KEY_BYTES_MAX = 2048;
  private static final int SORT_KEY_BYTES_MAX = 1024;

  private final Mutation mutation;

  IndexRules(Mutation mutation) {
    this.mutation = mutation;
  }

  /** Refuses a new item that has what cannot be a key of an index. */
  void checkItem(TableDefinition table, MapValue item) {
    Checks checks = new Checks();
    for (IndexDefinition index : table.indexes()) {
      for (KeyAttribute key : index.keyAttributes()) {
        if (!table.isKey(key.name())) {
          checks.check(() -> check(index, key, item.member(key.name()), false));
        }
      }
    }
    checks.finish();
  }

  /** Refuses an update that puts into an item what cannot be a key of an index. */
  void checkUpdate(TableDefinition table, MapValue before, MapValue after) {
    Checks checks = new Checks();
    for (IndexDefinition index : table.indexes()) {
      for (KeyAttribute key : index.keyAttributes()) {
        boolean changes = !before.member(key.name()).equals(after.member(key.name()));
        if (!table.isKey(key.name()) && changes) {
          checks.check(() -> check(index, key, after.member(key.name()), true));
        }
      }
    }
    checks.finish();
  }

  private void check(
      IndexDefinition index, KeyAttribute key, Optional<Value> present, boolean update) {
    if (present.isEmpty()) {
      return;
    }
    Value value = present.get();
    boolean wrongType = !value.type().equals(key.type());
    if (wrongType && mutation != Mutation.INDEX_KEY_TYPE_UNCHECKED) {
      throw RefusedException.validation(
          "One or more parameter values were invalid: Type mismatch for Index Key %s Expected: %s"
                  .formatted(key.name(), key.type())
              + " Actual: %s IndexName: %s".formatted(value.type(), index.name()));
    }
    if (isEmpty(value) && !wrongType && mutation != Mutation.EMPTY_INDEX_KEY_ACCEPTED) {
      throw RefusedException.validation(empty(index, key, update));
    }
    int bytesMax =
        index.partitionKeys().contains(key) ? PARTITION_KEY_BYTES_MAX : SORT_KEY_BYTES_MAX;
    if (KeyRules.bytes(value) > bytesMax) {
      throw RefusedException.validation();
    }
  }

  private static String empty(IndexDefinition index, KeyAttribute key, boolean update) {
    String what =
        update ? "The update expression attempted to update a" : "A value specified for a";
    String value =
        "One or more parameter values are not valid. "
            + what
            + " secondary index key "
            + (update ? "to a value that is not supported." : "is not supported.")
            + " The AttributeValue for a key attribute cannot contain an empty "
            + (key.type().equals("S") ? "string" : "binary")
            + " value.";
    return update ? value : value + " IndexName: " + index.name() + ", IndexKey: " + key.name();
  }

  /** Whether the value is of length zero, which no key may be. */
  static boolean isEmpty(Value value) {
    return value.equals(new StringValue("")) || value.equals(new BinaryValue(""));
  }

  /** Whether an update reaches into a key attribute of an index, as if it were a document. */
  static boolean reachesIntoKey(TableDefinition table, List<Path> targets) {
    return targets.stream()
        .filter(target -> !target.steps().isEmpty())
        .anyMatch(target -> table.indexes().stream().anyMatch(index -> index.isKey(target.root())));
  }
}
