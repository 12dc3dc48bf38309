package dev.partita.engine.partition;

import dev.partita.engine.change.ChangeRecord;

/**
 * A record of a change log with its place.
 *
 * @param recordBytes the size of the record as it is stored
 */
public record LoggedChange(long sequence, ChangeRecord record, int recordBytes) {}
