package dev.partita.model.api;

import dev.partita.model.KeyType;

/** A key attribute and its role. */
public record KeySchemaElement(String attributeName, KeyType keyType) {}
