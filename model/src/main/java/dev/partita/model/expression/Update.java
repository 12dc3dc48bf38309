package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A bound UpdateExpression or AttributeUpdates. Immutable. */
public final class Update {
  private static final Update NONE = of(new PathTree<>(), List.of());

  private final PathTree<UpdateAction> tree;
  private final boolean createsItem;

  private Update(PathTree<UpdateAction> tree, boolean createsItem) {
    this.tree = tree;
    this.createsItem = createsItem;
  }

  /** An update of the actions, which are the leaves of {@code tree}. */
  static Update of(PathTree<UpdateAction> tree, List<UpdateAction> actions) {
    boolean creates = actions.isEmpty();
    for (UpdateAction action : actions) {
      creates |= action instanceof UpdateAction.Put || action instanceof UpdateAction.Add;
    }
    return new Update(tree, creates);
  }

  /** No change: an UpdateItem without an expression, which creates a missing item. */
  public static Update none() {
    return NONE;
  }

  /**
   * Checks that no attribute of the key is touched.
   *
   * @throws ExpressionException with AWS's text if one is
   */
  public void checkKeys(KeySchema schema) {
    for (KeyAttribute attribute : schema.attributes()) {
      if (tree.names().containsKey(attribute.name())) {
        throw new ExpressionException(
            "One or more parameter values were invalid: Cannot update attribute "
                + attribute.name()
                + ". This attribute is part of the key");
      }
    }
  }

  /** Names of the top-level attributes that it touches. */
  public Set<String> topLevelAttributes() {
    return Collections.unmodifiableSet(tree.names().keySet());
  }

  /** Whether it touches a part of the top-level attribute {@code name} but not the whole. */
  public boolean reachesInto(String name) {
    PathTree<UpdateAction> node = tree.names().get(name);
    return node != null && node.leaf() == null;
  }

  /**
   * Whether applying it where there is no item makes one. If not (only REMOVE and DELETE), the
   * result of {@link #apply} on a missing item is not to be written.
   */
  public boolean createsItem() {
    return createsItem;
  }

  /**
   * The item after the update. All operands are evaluated against the old item.
   *
   * @param old null where there is no item
   * @param key the key attributes, which make the item if there is none
   * @throws ExpressionException with AWS's text if it cannot be applied to this item
   */
  public UpdateResult apply(@Nullable Item old, Item key) {
    Item before = old == null ? Item.EMPTY : old;
    Map<String, AttributeValue> kept = (old == null ? key : old).attributes();
    Map<String, AttributeValue> after =
        LinkedHashMap.newLinkedHashMap(kept.size() + tree.names().size());
    after.putAll(kept);
    Change change = new Change(before, old == null);
    change.entries(tree.names(), after);
    return new UpdateResult(before, Item.of(after), tree);
  }

  /**
   * One application.
   *
   * @param old the item before
   * @param missing whether there is no item, when removals may name any path
   */
  private record Change(Item old, boolean missing) {

    /** Changes {@code entries}, a private copy. */
    void entries(Map<String, PathTree<UpdateAction>> changes, Map<String, AttributeValue> entries) {
      for (Map.Entry<String, PathTree<UpdateAction>> change : changes.entrySet()) {
        AttributeValue current = entries.get(change.getKey());
        AttributeValue changed = value(change.getValue(), current);
        if (changed != null) {
          entries.put(change.getKey(), changed);
        } else if (current != null) {
          entries.remove(change.getKey());
        }
      }
    }

    private @Nullable AttributeValue value(
        PathTree<UpdateAction> change, @Nullable AttributeValue current) {
      UpdateAction action = change.leaf();
      if (action != null) {
        return action.apply(current, old);
      }
      SortedMap<Integer, PathTree<UpdateAction>> indices = change.indices();
      if (indices != null && current instanceof AttributeValue.ListValue list) {
        return new AttributeValue.ListValue(elements(indices, list.values()));
      }
      if (indices == null && current instanceof AttributeValue.MapValue map) {
        Map<String, AttributeValue> copy = new LinkedHashMap<>(map.values());
        entries(change.names(), copy);
        return new AttributeValue.MapValue(copy);
      }
      if (missing && onlyRemoves(change)) {
        return null;
      }
      throw invalidPath();
    }

    /** Indices count in the old list; what is set behind its end is appended in their order. */
    private List<AttributeValue> elements(
        SortedMap<Integer, PathTree<UpdateAction>> changes, List<AttributeValue> values) {
      List<AttributeValue> changed = new ArrayList<>(values.size() + changes.size());
      int copied = 0;
      for (Map.Entry<Integer, PathTree<UpdateAction>> change : changes.entrySet()) {
        int index = Math.min(change.getKey(), values.size());
        changed.addAll(values.subList(copied, index));
        AttributeValue current = index < values.size() ? values.get(index) : null;
        AttributeValue value = value(change.getValue(), current);
        if (value != null) {
          changed.add(value);
        }
        copied = Math.min(index + 1, values.size());
      }
      changed.addAll(values.subList(copied, values.size()));
      return changed;
    }

    private static boolean onlyRemoves(PathTree<UpdateAction> change) {
      UpdateAction action = change.leaf();
      if (action != null) {
        return action instanceof UpdateAction.Remove;
      }
      SortedMap<Integer, PathTree<UpdateAction>> indices = change.indices();
      return indices == null
          ? change.names().values().stream().allMatch(Change::onlyRemoves)
          : indices.values().stream().allMatch(Change::onlyRemoves);
    }
  }

  private static ExpressionException invalidPath() {
    return new ExpressionException(
        "The document path provided in the update expression is invalid for update");
  }
}
