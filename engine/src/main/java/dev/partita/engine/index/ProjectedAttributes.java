package dev.partita.engine.index;

import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ProjectionType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which attributes an index holds besides its own key and the table's.
 *
 * @param nonKeyAttributes of INCLUDE, otherwise empty
 */
public record ProjectedAttributes(ProjectionType type, List<String> nonKeyAttributes) {

  /** What the index holds of {@code item}. */
  public Item project(Item item, KeySchema indexKey, KeySchema tableKey) {
    if (type == ProjectionType.ALL) {
      return item;
    }
    Map<String, AttributeValue> kept = new LinkedHashMap<>();
    for (KeyAttribute attribute : tableKey.attributes()) {
      keep(item, attribute.name(), kept);
    }
    for (KeyAttribute attribute : indexKey.attributes()) {
      keep(item, attribute.name(), kept);
    }
    for (String name : nonKeyAttributes) {
      keep(item, name, kept);
    }
    return Item.of(kept);
  }

  private static void keep(Item item, String name, Map<String, AttributeValue> kept) {
    AttributeValue value = item.get(name);
    if (value != null) {
      kept.put(name, value);
    }
  }

  /** Whether the index holds all of these attributes. */
  public boolean covers(Set<String> names, KeySchema indexKey, KeySchema tableKey) {
    return missing(names, indexKey, tableKey).isEmpty();
  }

  /** Those of {@code names} that the index does not hold, in their order. */
  public List<String> missing(Set<String> names, KeySchema indexKey, KeySchema tableKey) {
    if (type == ProjectionType.ALL) {
      return List.of();
    }
    return names.stream()
        .filter(name ->
            !indexKey.contains(name)
                && !tableKey.contains(name)
                && !nonKeyAttributes.contains(name))
        .toList();
  }
}
