package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListStreams. */
public record ListStreamsResponse(
    List<StreamSummary> streams, @Nullable String lastEvaluatedStreamArn) implements ApiResponse {}
