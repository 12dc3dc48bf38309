package dev.partita.testing.reference;

import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import dev.partita.testing.reference.Value.MapValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a secondary index holds of the items of its table. */
final class Index {

  private final IndexDefinition definition;
  private final TableDefinition table;
  private final Mutation mutation;

  Index(IndexDefinition definition, TableDefinition table, Mutation mutation) {
    this.definition = definition;
    this.table = table;
    this.mutation = mutation;
  }

  IndexDefinition definition() {
    return definition;
  }

  /** The attributes that tell a place in the index: its own keys and the table's. */
  List<KeyAttribute> startKeyAttributes() {
    Map<String, KeyAttribute> attributes = new LinkedHashMap<>();
    definition.keyAttributes().forEach(key -> attributes.put(key.name(), key));
    table.keyAttributes().forEach(key -> attributes.putIfAbsent(key.name(), key));
    return List.copyOf(attributes.values());
  }

  /** Whether the index holds the attribute of items that have it. */
  boolean projects(String attribute) {
    if (table.isKey(attribute) || definition.isKey(attribute)) {
      return true;
    }
    return switch (definition.projection()) {
      case IndexProjection.All all -> true;
      case IndexProjection.KeysOnly keys -> mutation == Mutation.KEYS_ONLY_PROJECTS_ALL;
      case IndexProjection.Include include -> include.attributes().contains(attribute);
    };
  }

  /** What the index holds of the item; nothing if the item lacks one of the index's keys. */
  Optional<MapValue> entry(MapValue item) {
    List<KeyAttribute> needed =
        mutation == Mutation.INDEX_TAKES_ITEMS_WITHOUT_SORT_KEY
            ? definition.partitionKeys()
            : definition.keyAttributes();
    if (needed.stream().anyMatch(key -> item.member(key.name()).isEmpty())) {
      return Optional.empty();
    }
    MapValue entry = Value.map();
    for (var attribute : item.members().entrySet()) {
      entry =
          projects(attribute.getKey())
              ? entry.with(attribute.getKey(), attribute.getValue())
              : entry;
    }
    return Optional.of(entry);
  }

  /** The index's own key attributes of an entry. */
  MapValue key(MapValue entry) {
    MapValue key = Value.map();
    for (KeyAttribute attribute : definition.keyAttributes()) {
      Optional<Value> value = entry.member(attribute.name());
      key = value.isPresent() ? key.with(attribute.name(), value.get()) : key;
    }
    return key;
  }
}
