package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** ListTagsOfResource. */
public record ListTagsOfResourceResponse(List<Tag> tags, @Nullable String nextToken)
    implements ApiResponse {}
