package dev.partita.engine.partition;

/**
 * An item that is marked to expire.
 *
 * @param second since 1970
 * @param key the storage key of the item
 */
public record ExpiringItem(long second, byte[] key) {}
