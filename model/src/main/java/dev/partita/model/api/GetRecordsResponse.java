package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** GetRecords. The next iterator is null at the end of a closed shard. */
public record GetRecordsResponse(List<StreamRecord> records, @Nullable String nextShardIterator)
    implements ApiResponse {}
