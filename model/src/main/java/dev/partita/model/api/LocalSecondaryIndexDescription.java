package dev.partita.model.api;

import java.util.List;

/** A local index as the description of its table tells it. */
public record LocalSecondaryIndexDescription(
    String indexName,
    List<KeySchemaElement> keySchema,
    IndexProjection projection,
    long indexSizeBytes,
    long itemCount,
    String indexArn) {}
