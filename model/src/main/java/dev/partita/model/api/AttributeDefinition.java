package dev.partita.model.api;

import dev.partita.model.AttributeType;

/** A key attribute and its type, S, N or B. */
public record AttributeDefinition(String attributeName, AttributeType attributeType) {}
