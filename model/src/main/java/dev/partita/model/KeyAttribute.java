package dev.partita.model;

/**
 * One attribute of a key.
 *
 * @param name 1 to 255 characters
 * @param keyType partition key or sort key
 * @param type S, N or B
 */
public record KeyAttribute(String name, KeyType keyType, AttributeType type) {}
