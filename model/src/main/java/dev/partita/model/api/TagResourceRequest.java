package dev.partita.model.api;

import java.util.List;

/** TagResource. */
public record TagResourceRequest(String resourceArn, List<Tag> tags) implements ApiRequest {}
