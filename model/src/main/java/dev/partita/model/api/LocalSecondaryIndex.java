package dev.partita.model.api;

import java.util.List;

/** A local index as asked for: the table's partition key and another sort key. */
public record LocalSecondaryIndex(
    String indexName, List<KeySchemaElement> keySchema, IndexProjection projection) {}
