package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDraft;
import dev.partita.model.AttributeType;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.LocalSecondaryIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a new table and of its indexes. AWS looks at all keys and at the attribute
 * definitions before it looks at anything else of an index.
 */
record TableSchemas(
    KeySchema key, List<IndexDefinition> localIndexes, List<GlobalIndexDraft> globalIndexes) {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int LOCAL_INDEXES_MAX = 5;
  static final int GLOBAL_INDEXES_MAX = 20;

  /** What a CreateTable request asks for. */
  static TableSchemas of(CreateTableRequest request, BillingMode billingMode) {
    if (request.attributeDefinitions() == null) {
      throw ApiException.validation(INVALID + "Missing AttributeDefinitions");
    }
    List<KeySchemaElement> elements = request.keySchema();
    if (elements == null) {
      throw ApiException.validation(INVALID + "Missing KeySchema");
    }
    Map<String, AttributeType> types = KeySchemas.types(request.attributeDefinitions());
    KeySchema key = KeySchemas.ofTable(elements, types);
    List<LocalSecondaryIndex> locals = request.localSecondaryIndexes();
    List<GlobalSecondaryIndex> globals = request.globalSecondaryIndexes();
    if (locals == null && globals == null && types.size() != elements.size()) {
      throw ApiException.validation(
          INVALID
              + "Number of attributes in KeySchema does not exactly match number of attributes"
              + " defined in AttributeDefinitions");
    }
    checkNotEmpty(locals, "LocalSecondaryIndexes");
    checkNotEmpty(globals, "GlobalSecondaryIndexes");
    if (locals != null && key.sortKey() == null) {
      throw ApiException.validation(
          INVALID
              + "Table KeySchema does not have a range key, which is required when specifying a"
              + " LocalSecondaryIndex");
    }
    List<KeySchema> localKeys =
        orEmpty(locals).stream()
            .map(index -> KeySchemas.ofLocalIndex(index.keySchema(), types))
            .toList();
    List<KeySchema> globalKeys =
        orEmpty(globals).stream()
            .map(index -> KeySchemas.ofGlobalIndex(index.keySchema(), types))
            .toList();
    checkAllUsed(types, key, localKeys, globalKeys);
    Set<String> names = new HashSet<>();
    TableSchemas schemas =
        new TableSchemas(
            key,
            localIndexes(orEmpty(locals), localKeys, key, names),
            globalIndexes(orEmpty(globals), globalKeys, billingMode, names));
    IndexRules.checkProjectedAttributes(schemas.localIndexes, schemas.globalIndexes);
    return schemas;
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static void checkNotEmpty(@Nullable List<?> indexes, String member) {
    if (indexes != null && indexes.isEmpty()) {
      throw ApiException.validation(INVALID + "List of " + member + " is empty");
    }
  }

  private static void checkAllUsed(
      Map<String, AttributeType> types,
      KeySchema key,
      List<KeySchema> localKeys,
      List<KeySchema> globalKeys) {
    Set<String> used = new TreeSet<>();
    List<KeySchema> all = new ArrayList<>(localKeys);
    all.add(key);
    all.addAll(globalKeys);
    all.forEach(schema -> schema.attributes().forEach(attribute -> used.add(attribute.name())));
    if (used.size() != types.size()) {
      throw ApiException.validation(
          INVALID
              + "Some AttributeDefinitions are not used. AttributeDefinitions: "
              + types.keySet()
              + ", keys used: "
              + used);
    }
  }

  private static List<IndexDefinition> localIndexes(
      List<LocalSecondaryIndex> indexes,
      List<KeySchema> keys,
      KeySchema tableKey,
      Set<String> names) {
    List<IndexDefinition> definitions = new ArrayList<>(indexes.size());
    for (int place = 0; place < indexes.size(); place++) {
      LocalSecondaryIndex index = indexes.get(place);
      KeySchema key = keys.get(place);
      if (key.sortKey() == null) {
        throw ApiException.validation(
            INVALID + "Index KeySchema does not have a range key for index: " + index.indexName());
      }
      String hash = key.partitionKey().name();
      if (!hash.equals(tableKey.partitionKey().name())) {
        throw ApiException.validation(
            INVALID
                + "Index KeySchema does not have the same leading hash key as table KeySchema for"
                + " index: "
                + index.indexName()
                + ". index hash key: "
                + hash
                + ", table hash key: "
                + tableKey.partitionKey().name());
      }
      definitions.add(
          new IndexDefinition(
              index.indexName(), place + 1, key, IndexRules.projection(index.projection())));
      checkNew(index.indexName(), names);
    }
    if (indexes.size() > LOCAL_INDEXES_MAX) {
      throw ApiException.validation(
          INVALID
              + "Number of LocalSecondaryIndexes exceeds per-table limit of "
              + LOCAL_INDEXES_MAX);
    }
    return definitions;
  }

  private static List<GlobalIndexDraft> globalIndexes(
      List<GlobalSecondaryIndex> indexes,
      List<KeySchema> keys,
      BillingMode billingMode,
      Set<String> names) {
    List<GlobalIndexDraft> drafts = new ArrayList<>(indexes.size());
    for (int place = 0; place < indexes.size(); place++) {
      GlobalSecondaryIndex index = indexes.get(place);
      drafts.add(
          IndexThroughputRules.draft(
              index, keys.get(place), IndexRules.projection(index.projection()), billingMode));
      checkNew(index.indexName(), names);
    }
    if (indexes.size() > GLOBAL_INDEXES_MAX) {
      throw ApiException.validation(
          INVALID
              + "GlobalSecondaryIndex count exceeds the per-table limit of "
              + GLOBAL_INDEXES_MAX);
    }
    return drafts;
  }

  private static void checkNew(String name, Set<String> names) {
    if (!names.add(name)) {
      throw ApiException.validation(INVALID + "Duplicate index name: " + name);
    }
  }
}
