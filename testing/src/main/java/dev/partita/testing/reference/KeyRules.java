package dev.partita.testing.reference;

import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import java.util.List;
import java.util.Optional;

/** Which keys a table accepts. */
final class KeyRules {

  private static final int PARTITION_KEY_BYTES_MAX = 2048;
  private static final int SORT_KEY_BYTES_MAX = 1024;

  private KeyRules() {}

  /** A key alone: exactly the key attributes, of the right types. */
  static void checkKey(TableDefinition table, MapValue key) {
    List<KeyAttribute> attributes = table.keyAttributes();
    boolean matches =
        key.members().size() == attributes.size()
            && attributes.stream()
                .allMatch(attribute ->
                    key.member(attribute.name())
                        .filter(value -> value.type().equals(attribute.type()))
                        .isPresent());
    if (!matches) {
      throw RefusedException.validation("The provided key element does not match the schema");
    }
    checkSizes(table, key);
  }

  /** The key within an item. */
  static void checkItem(TableDefinition table, MapValue item) {
    Checks checks = new Checks();
    for (KeyAttribute attribute : table.keyAttributes()) {
      checks.check(() -> checkPresent(attribute, item.member(attribute.name())));
    }
    checks.finish();
    checkSizes(table, item);
  }

  private static void checkPresent(KeyAttribute attribute, Optional<Value> value) {
    if (value.isEmpty()) {
      throw RefusedException.validation(
          "One or more parameter values were invalid: Missing the key "
              + attribute.name()
              + " in the item");
    }
    if (!value.get().type().equals(attribute.type())) {
      throw RefusedException.validation(
          "One or more parameter values were invalid: Type mismatch for key "
              + attribute.name()
              + " expected: "
              + attribute.type()
              + " actual: "
              + value.get().type());
    }
  }

  private static void checkSizes(TableDefinition table, MapValue attributes) {
    Checks checks = new Checks();
    checks.check(() -> checkSize(table.partitionKey().name(), attributes, PARTITION_KEY_BYTES_MAX));
    table
        .sortKey()
        .ifPresent(
            sort -> checks.check(() -> checkSize(sort.name(), attributes, SORT_KEY_BYTES_MAX)));
    checks.finish();
  }

  private static void checkSize(String name, MapValue attributes, int bytesMax) {
    Value value = attributes.member(name).orElseThrow();
    if (value.equals(new StringValue(""))) {
      throw RefusedException.validation(emptyKey("string", name));
    }
    if (value.equals(new BinaryValue(""))) {
      throw RefusedException.validation(emptyKey("binary", name));
    }
    if (value instanceof NumberValue number) {
      ValueRules.check(number);
    }
    if (bytes(value) > bytesMax) {
      throw RefusedException.validation();
    }
  }

  /** The bytes of a value that count for the limits of keys. */
  static int bytes(Value value) {
    return switch (value) {
      case StringValue string -> ItemSize.utf8(string.text());
      case BinaryValue binary -> binary.octets().length();
      case Value other -> 0;
    };
  }

  /** ExclusiveStartKey: exactly these attributes, of the right types. */
  static void checkStartKey(List<KeyAttribute> attributes, MapValue start) {
    boolean matches =
        start.members().size() == attributes.size()
            && attributes.stream()
                .allMatch(attribute ->
                    start
                        .member(attribute.name())
                        .filter(value -> value.type().equals(attribute.type()))
                        .isPresent());
    if (!matches) {
      throw RefusedException.validation();
    }
  }

  static String emptyKey(String type, String name) {
    return "One or more parameter values are not valid. The AttributeValue for a key attribute"
        + " cannot contain an empty "
        + type
        + " value. Key: "
        + name;
  }
}
