package dev.partita.engine.partition;

import java.util.List;

/**
 * Storage keys of some items in a row.
 *
 * @param itemBytes the bytes that the items take where they are stored
 */
public record ItemKeyPage(List<byte[]> keys, long itemBytes) {}
