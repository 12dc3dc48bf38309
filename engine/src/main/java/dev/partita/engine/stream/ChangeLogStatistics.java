package dev.partita.engine.stream;

/**
 * What waits in the change logs of a table's partitions.
 *
 * @param records those that are kept, at most: changes that altered nothing count too
 * @param oldestAgeMillis how old the oldest of them is, by the service clock; 0 if there is none
 * @param indexLag how many changes the global indexes have not taken, over all partitions
 */
public record ChangeLogStatistics(
    String tableName, long records, long oldestAgeMillis, long indexLag) {}
