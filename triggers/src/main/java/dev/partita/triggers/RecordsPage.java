package dev.partita.triggers;

import java.util.List;
import java.util.Optional;

/**
 * An answer to GetRecords.
 *
 * @param records in order, perhaps none
 * @param nextIterator empty at the end of a closed shard
 */
record RecordsPage(List<StreamRecord> records, Optional<String> nextIterator) {
  static final RecordsPage END = new RecordsPage(List.of(), Optional.empty());
}
