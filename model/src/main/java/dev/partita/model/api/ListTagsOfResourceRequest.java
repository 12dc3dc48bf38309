package dev.partita.model.api;

import org.jspecify.annotations.Nullable;

/** ListTagsOfResource. */
public record ListTagsOfResourceRequest(String resourceArn, @Nullable String nextToken)
    implements ApiRequest {}
