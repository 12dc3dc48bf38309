package dev.partita.testing.reference;

import dev.partita.testing.reference.IndexDefinition.IndexProjection;
import dev.partita.testing.reference.TableDefinition.KeyAttribute;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Definitions of tables as JSON. */
public final class TableJson {

  private TableJson() {}

  /** The table as CreateTable takes it and DescribeTable shows it. */
  public static Json.ObjectOf of(TableDefinition definition) {
    SortedMap<String, Json> attributes = new TreeMap<>();
    definition.keyAttributes().forEach(key -> attributes.put(key.name(), attribute(key)));
    Json.ObjectOf description =
        Json.object("TableName", Json.text(definition.name()))
            .with(
                "KeySchema",
                schema(
                    List.of(definition.partitionKey()),
                    definition.sortKey().map(List::of).orElse(List.of())));
    for (boolean global : new boolean[] {false, true}) {
      List<Json> indexes = new ArrayList<>();
      for (IndexDefinition index : definition.indexes()) {
        if (index.global() == global) {
          index.keyAttributes().forEach(key -> attributes.put(key.name(), attribute(key)));
          indexes.add(of(index));
        }
      }
      if (!indexes.isEmpty()) {
        String member = global ? "GlobalSecondaryIndexes" : "LocalSecondaryIndexes";
        description = description.with(member, new Json.ArrayOf(indexes));
      }
    }
    if (definition.stream().isPresent()) {
      description =
          description.with(
              "StreamSpecification",
              Json.object("StreamEnabled", Json.flag(true))
                  .with("StreamViewType", Json.text(definition.stream().get().name())));
    }
    return description.with(
        "AttributeDefinitions", new Json.ArrayOf(List.copyOf(attributes.values())));
  }

  private static Json.ObjectOf of(IndexDefinition index) {
    Json.ObjectOf projection =
        switch (index.projection()) {
          case IndexProjection.All all -> Json.object("ProjectionType", Json.text("ALL"));
          case IndexProjection.KeysOnly keys ->
              Json.object("ProjectionType", Json.text("KEYS_ONLY"));
          case IndexProjection.Include include ->
              Json.object("ProjectionType", Json.text("INCLUDE"))
                  .with("NonKeyAttributes", Json.texts(include.attributes()));
        };
    return Json.object("IndexName", Json.text(index.name()))
        .with("KeySchema", schema(index.partitionKeys(), index.sortKeys()))
        .with("Projection", projection);
  }

  private static Json.ArrayOf schema(List<KeyAttribute> partition, List<KeyAttribute> sort) {
    List<Json> schema = new ArrayList<>();
    partition.forEach(key ->
        schema.add(
            Json.object("AttributeName", Json.text(key.name()))
                .with("KeyType", Json.text("HASH"))));
    sort.forEach(key ->
        schema.add(
            Json.object("AttributeName", Json.text(key.name()))
                .with("KeyType", Json.text("RANGE"))));
    return new Json.ArrayOf(schema);
  }

  private static Json attribute(KeyAttribute key) {
    return Json.object("AttributeName", Json.text(key.name()))
        .with("AttributeType", Json.text(key.type()));
  }
}
