package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** The parts of an item that a reader asked for. Immutable. */
public final class Projection {
  private static final Projection ALL = new Projection(null, null);

  /** Null keeps everything, unless there are columns. */
  private final @Nullable PathTree<Boolean> tree;

  /** Of a SELECT; null for projections that keep the structure. */
  private final @Nullable List<Column> columns;

  /**
   * What a SELECT takes out of an item.
   *
   * @param name the attribute that the value becomes
   */
  public record Column(String name, Path path) {}

  private Projection(@Nullable PathTree<Boolean> tree, @Nullable List<Column> columns) {
    this.tree = tree;
    this.columns = columns;
  }

  /** The top-level attributes with these names (AttributesToGet); a name may come twice. */
  public static Projection ofAttributes(List<String> attributesToGet) {
    List<Path> paths = new ArrayList<>(attributesToGet.size());
    for (String name : new LinkedHashSet<>(attributesToGet)) {
      paths.add(new Path(name, List.of()));
    }
    return ofPaths(paths);
  }

  /** Everything. */
  public static Projection all() {
    return ALL;
  }

  /** The values at the paths, each as an attribute of its own. */
  public static Projection ofColumns(List<Column> columns) {
    return new Projection(null, List.copyOf(columns));
  }

  /** These paths, none within another. */
  static Projection ofPaths(List<Path> paths) {
    return new Projection(
        PathTree.of(
            ExpressionKind.PROJECTION, paths, Collections.nCopies(paths.size(), Boolean.TRUE)),
        null);
  }

  /** Whether it keeps everything. */
  public boolean isAll() {
    return tree == null && columns == null;
  }

  /** Names of the top-level attributes that it keeps or keeps parts of; empty for {@link #all}. */
  public Set<String> topLevelAttributes() {
    if (columns != null) {
      Set<String> names = new LinkedHashSet<>();
      columns.forEach(column -> names.add(column.path().top()));
      return names;
    }
    return tree == null ? Set.of() : Collections.unmodifiableSet(tree.names().keySet());
  }

  /**
   * The parts of {@code item}: missing paths are left out, elements of a list move up in ascending
   * order of their indices.
   */
  public Item project(Item item) {
    if (columns != null) {
      return select(columns, item);
    }
    return tree == null ? item : project(tree, item);
  }

  private static Item select(List<Column> columns, Item item) {
    Map<String, AttributeValue> kept = LinkedHashMap.newLinkedHashMap(columns.size());
    for (Column column : columns) {
      AttributeValue value = column.path().find(item);
      if (value != null) {
        kept.put(column.name(), value);
      }
    }
    return Item.of(kept);
  }

  /** The parts of {@code item} at the leaves of {@code tree}. */
  static <T> Item project(PathTree<T> tree, Item item) {
    Map<String, AttributeValue> kept = LinkedHashMap.newLinkedHashMap(tree.names().size());
    for (Map.Entry<String, PathTree<T>> child : tree.names().entrySet()) {
      AttributeValue value = item.get(child.getKey());
      AttributeValue part = value == null ? null : part(child.getValue(), value);
      if (part != null) {
        kept.put(child.getKey(), part);
      }
    }
    return Item.of(kept);
  }

  private static <T> @Nullable AttributeValue part(PathTree<T> tree, AttributeValue value) {
    if (tree.leaf() != null) {
      return value;
    }
    SortedMap<Integer, PathTree<T>> indices = tree.indices();
    if (indices != null) {
      return value instanceof AttributeValue.ListValue list
          ? elements(indices, list.values())
          : null;
    }
    return value instanceof AttributeValue.MapValue map
        ? entries(tree.names(), map.values())
        : null;
  }

  private static <T> @Nullable AttributeValue elements(
      SortedMap<Integer, PathTree<T>> indices, List<AttributeValue> values) {
    List<AttributeValue> kept = new ArrayList<>();
    for (Map.Entry<Integer, PathTree<T>> child : indices.entrySet()) {
      int index = child.getKey();
      AttributeValue part =
          index < values.size() ? part(child.getValue(), values.get(index)) : null;
      if (part != null) {
        kept.add(part);
      }
    }
    return kept.isEmpty() ? null : new AttributeValue.ListValue(kept);
  }

  private static <T> @Nullable AttributeValue entries(
      Map<String, PathTree<T>> names, Map<String, AttributeValue> values) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    for (Map.Entry<String, PathTree<T>> child : names.entrySet()) {
      AttributeValue value = values.get(child.getKey());
      AttributeValue part = value == null ? null : part(child.getValue(), value);
      if (part != null) {
        kept.put(child.getKey(), part);
      }
    }
    return kept.isEmpty() ? null : new AttributeValue.MapValue(kept);
  }
}
