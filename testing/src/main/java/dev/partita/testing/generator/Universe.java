package dev.partita.testing.generator;

import dev.partita.testing.reference.IndexDefinition;
import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.StreamView;
import dev.partita.testing.reference.TableDefinition;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The tables, keys and attribute names that operations choose from. */
public final class Universe {

  /** Attributes, each with a type that its values mostly have; see {@link ValueGenerator}. */
  static final List<String> ATTRIBUTES =
      List.of("a", "b", "d", "e", "f", "g", "h", "size", "dot.ted", "ü x");

  /** Names inside maps. */
  static final List<String> MEMBERS = List.of("x", "y", "z", "name");

  /** Attribute names that stand in an expression as they are; all others need a placeholder. */
  static final List<String> PLAIN_NAMES =
      List.of("a", "b", "d", "e", "f", "g", "h", "p", "c", "x", "y", "z", "i", "j", "k", "m", "o");

  private static final List<Value> STRING_KEYS =
      strings("k", "k1", "k2", "K", "ключ", "～wide", "😀", "k".repeat(300));
  private static final List<Value> NUMBER_KEYS =
      numbers("0", "1", "-1", "-10", "-9", "10", "1E30", "-1.5", "3E-20", "-9.9E125");
  private static final List<Value> BINARY_KEYS =
      List.of(binary(0), binary(1), binary(127), binary(128), binary(255), binary(1, 0));

  private static final List<Value> STRING_SORT_KEYS =
      strings("a", "ab", "abc", "b", "B", "0", "10", "9", "é", "～", "😀", "😀b", "zz");
  private static final List<Value> NUMBER_SORT_KEYS =
      numbers(
          "0",
          "1",
          "2",
          "10",
          "-1",
          "-2",
          "-10",
          "-9.5",
          "100",
          "1E-130",
          "-1E-130",
          "9.9999E125",
          "-9E125",
          "12345678901234567890123456789012345678",
          "0.00000000000000000012345");
  private static final List<Value> BINARY_SORT_KEYS =
      List.of(
          binary(0),
          binary(0, 0),
          binary(1),
          binary(97),
          binary(97, 98),
          binary(97, 255),
          binary(127),
          binary(128),
          binary(200, 1),
          binary(255),
          binary(255, 0));

  /** Few values for keys of indexes, so that many items share them. */
  private static final List<Value> STRING_INDEX_KEYS = strings("a", "ab", "b", "～", "😀");

  private static final List<Value> NUMBER_INDEX_KEYS =
      numbers("0", "1", "-1", "10", "2.5", "-1E30");
  private static final List<Value> BINARY_INDEX_KEYS =
      List.of(binary(0), binary(1), binary(1, 0), binary(200));

  private static final String LARGE = "-large";
  private static final String MULTIPLE = "-multiple";

  private final List<TableDefinition> tables;

  /** Tables of every key shape, some with indexes; their names begin with the prefix. */
  public Universe(String prefix) {
    KeyAttribute sort = new KeyAttribute("c", "S");
    this.tables =
        List.of(
            table(prefix + "-s", "p", "S", Optional.empty()),
            table(prefix + "-n", "p", "N", Optional.empty()),
            table(prefix + "-b", "p", "B", Optional.empty()),
            table(prefix + "-ss", "p", "S", Optional.of(sort)),
            new TableDefinition(
                prefix + "-sn",
                new KeyAttribute("p", "S"),
                Optional.of(new KeyAttribute("c", "N")),
                List.of(),
                Optional.of(StreamView.OLD_IMAGE)),
            table(prefix + "-sb", "p", "S", Optional.of(new KeyAttribute("c", "B"))),
            table(prefix + "-nn", "year", "N", Optional.of(new KeyAttribute("sort key", "N"))),
            new TableDefinition(
                prefix + "-global",
                new KeyAttribute("p", "S"),
                Optional.empty(),
                globalIndexes(),
                Optional.of(StreamView.NEW_AND_OLD_IMAGES)),
            new TableDefinition(
                prefix + "-local",
                new KeyAttribute("p", "S"),
                Optional.of(sort),
                localIndexes(),
                Optional.of(StreamView.KEYS_ONLY)),
            new TableDefinition(
                prefix + MULTIPLE,
                new KeyAttribute("p", "N"),
                Optional.of(sort),
                multipleKeyIndexes(),
                Optional.of(StreamView.NEW_IMAGE)),
            table(prefix + LARGE, "p", "S", Optional.of(new KeyAttribute("c", "N"))));
  }

  private static TableDefinition table(
      String name, String partitionKey, String type, Optional<KeyAttribute> sortKey) {
    return new TableDefinition(name, new KeyAttribute(partitionKey, type), sortKey);
  }

  private static IndexDefinition global(
      String name,
      List<KeyAttribute> partitionKeys,
      List<KeyAttribute> sortKeys,
      IndexProjection projection) {
    return new IndexDefinition(name, true, partitionKeys, sortKeys, projection);
  }

  private static KeyAttribute key(String name, String type) {
    return new KeyAttribute(name, type);
  }

  private static List<IndexDefinition> globalIndexes() {
    return List.of(
        global("all-by-b", List.of(key("b", "S")), List.of(), new IndexProjection.All()),
        global(
            "keys-by-b-a",
            List.of(key("b", "S")),
            List.of(key("a", "N")),
            new IndexProjection.KeysOnly()),
        global(
            "some-by-k-p",
            List.of(key("k", "B")),
            List.of(key("p", "S")),
            new IndexProjection.Include(List.of("f", "d"))));
  }

  private static List<IndexDefinition> localIndexes() {
    List<KeyAttribute> partitionKey = List.of(key("p", "S"));
    return List.of(
        new IndexDefinition(
            "local-all", false, partitionKey, List.of(key("a", "N")), new IndexProjection.All()),
        new IndexDefinition(
            "local-keys",
            false,
            partitionKey,
            List.of(key("b", "S")),
            new IndexProjection.KeysOnly()),
        new IndexDefinition(
            "local-some",
            false,
            partitionKey,
            List.of(key("k", "B")),
            new IndexProjection.Include(List.of("d", "size"))),
        global(
            "inverted", List.of(key("c", "S")), List.of(key("p", "S")), new IndexProjection.All()));
  }

  private static List<IndexDefinition> multipleKeyIndexes() {
    return List.of(
        global(
            "two-and-two",
            List.of(key("j", "S"), key("i", "N")),
            List.of(key("a", "N"), key("b", "S")),
            new IndexProjection.All()),
        global(
            "four-and-four",
            List.of(key("j", "S"), key("i", "N"), key("k", "B"), key("l", "S")),
            List.of(key("m", "N"), key("o", "B"), key("a", "N"), key("b", "S")),
            new IndexProjection.Include(List.of("e"))),
        global(
            "one-and-three",
            List.of(key("i", "N")),
            List.of(key("c", "S"), key("p", "N"), key("m", "N")),
            new IndexProjection.KeysOnly()));
  }

  /** Whether the table is the one of large items, where pages reach 1 MB. */
  static boolean isLarge(TableDefinition table) {
    return table.name().endsWith(LARGE);
  }

  /** Whether most items of the table are to have most keys of its indexes. */
  static boolean hasManyIndexKeys(TableDefinition table) {
    return table.name().endsWith(MULTIPLE);
  }

  /** Key attributes of indexes that are none of the table, each once. */
  static List<KeyAttribute> indexKeys(TableDefinition table) {
    return table.indexes().stream()
        .flatMap(index -> index.keyAttributes().stream())
        .filter(key -> !table.isKey(key.name()))
        .distinct()
        .toList();
  }

  /** Values for a key attribute of an index. */
  static List<Value> indexValues(TableDefinition table, KeyAttribute attribute) {
    if (table.keyAttributes().contains(attribute)) {
      return keys(table, attribute);
    }
    List<Value> values =
        switch (attribute.type()) {
          case "S" -> STRING_INDEX_KEYS;
          case "N" -> NUMBER_INDEX_KEYS;
          default -> BINARY_INDEX_KEYS;
        };
    return hasManyIndexKeys(table) ? values.subList(0, 2) : values;
  }

  /** All tables. */
  public List<TableDefinition> tables() {
    return tables;
  }

  /** The table of that name. */
  public TableDefinition table(String name) {
    return tables.stream().filter(table -> table.name().equals(name)).findFirst().orElseThrow();
  }

  /** Partition keys; few on tables with sort keys, so that collections grow. */
  static List<Value> partitionKeys(TableDefinition table) {
    List<Value> keys =
        switch (table.partitionKey().type()) {
          case "S" -> STRING_KEYS;
          case "N" -> NUMBER_KEYS;
          default -> BINARY_KEYS;
        };
    if (isLarge(table)) {
      return keys.subList(0, 1);
    }
    return table.sortKey().isPresent() ? keys.subList(0, 3) : keys;
  }

  /** Values of a key attribute's type. */
  static List<Value> keys(TableDefinition table, KeyAttribute attribute) {
    if (attribute.equals(table.partitionKey())) {
      return partitionKeys(table);
    }
    if (isLarge(table)) {
      return NUMBER_SORT_KEYS.subList(0, 7);
    }
    return switch (attribute.type()) {
      case "S" -> STRING_SORT_KEYS;
      case "N" -> NUMBER_SORT_KEYS;
      default -> BINARY_SORT_KEYS;
    };
  }

  private static List<Value> strings(String... texts) {
    return List.of(texts).stream().map(text -> (Value) new StringValue(text)).toList();
  }

  private static List<Value> numbers(String... texts) {
    return List.of(texts).stream()
        .map(text -> (Value) new NumberValue(new BigDecimal(text)))
        .toList();
  }

  private static Value binary(int... octets) {
    StringBuilder characters = new StringBuilder();
    for (int octet : octets) {
      characters.append((char) octet);
    }
    return new BinaryValue(characters.toString());
  }
}
