package dev.partita.model.api;

import java.util.List;

/** UntagResource. */
public record UntagResourceRequest(String resourceArn, List<String> tagKeys)
    implements ApiRequest {}
