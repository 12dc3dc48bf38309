package dev.partita.protocol;

import org.jspecify.annotations.Nullable;

/**
 * Who signed a request and for which region, as its Authorization header says; the signature is not
 * checked.
 *
 * <p>Source: AWS, "Signature Version 4": {@code AWS4-HMAC-SHA256
 * Credential=AKID/20260804/us-east-1/dynamodb/aws4_request, SignedHeaders=..., Signature=...}.
 */
public record Credentials(String accessKey, String region) {
  private static final String CREDENTIAL = "Credential=";
  private static final int SCOPE_PARTS = 5;

  /** The credentials in {@code authorization}, or null if there are none. */
  public static @Nullable Credentials parse(@Nullable String authorization) {
    if (authorization == null) {
      return null;
    }
    int start = authorization.indexOf(CREDENTIAL);
    if (start < 0) {
      return null;
    }
    start += CREDENTIAL.length();
    int end = authorization.indexOf(',', start);
    String scope = authorization.substring(start, end < 0 ? authorization.length() : end).strip();
    String[] parts = scope.split("/", -1);
    // An access key may hold slashes in theory, so the scope is counted from its end.
    if (parts.length < SCOPE_PARTS) {
      return null;
    }
    int region = parts.length - 3;
    int keyLength = scope.length();
    for (int part = parts.length - 1; part > parts.length - SCOPE_PARTS; part--) {
      keyLength -= parts[part].length() + 1;
    }
    return new Credentials(scope.substring(0, keyLength), parts[region]);
  }
}
