package dev.partita.protocol;

import org.jspecify.annotations.Nullable;

/**
 * What the protocol looks at of a POST to {@code /}.
 *
 * @param target the header X-Amz-Target
 * @param contentType the header Content-Type
 * @param authorization the header Authorization; see {@link Credentials}
 * @param body decompressed, at most 16 MB; not changed afterwards by anyone
 */
public record WireRequest(
    @Nullable String target,
    @Nullable String contentType,
    @Nullable String authorization,
    byte[] body) {}
