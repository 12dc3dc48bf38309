package dev.partita.storage;

/**
 * Roughly how much a key range holds. Files count by block, what is not yet flushed by sampling;
 * keys of files are estimated from their mean size.
 */
public record KeyRangeSize(long bytes, long keys) {}
