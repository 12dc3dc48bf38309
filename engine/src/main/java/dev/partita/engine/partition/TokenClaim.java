package dev.partita.engine.partition;

import dev.partita.base.Bytes;

/**
 * An idempotency token as a request brings it.
 *
 * @param name the token and the kind of operation that it belongs to
 * @param digest of the request: a token stands for one request only
 */
public record TokenClaim(Bytes name, Bytes digest) {
  /** How many bytes a digest has. */
  public static final int DIGEST_BYTES = 16;

  /** Checks the length of the digest. */
  public TokenClaim {
    if (digest.size() != DIGEST_BYTES) {
      throw new IllegalArgumentException("a digest has " + DIGEST_BYTES + " bytes");
    }
  }
}
