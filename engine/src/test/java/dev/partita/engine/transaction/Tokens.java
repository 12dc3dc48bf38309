package dev.partita.engine.transaction;

import dev.partita.base.Bytes;
import dev.partita.engine.partition.TokenClaim;
import java.nio.charset.StandardCharsets;

/** Tokens that all stand for the same request. */
final class Tokens {
  private Tokens() {}

  static TokenClaim named(String name) {
    return new TokenClaim(
        Bytes.wrap(name.getBytes(StandardCharsets.UTF_8)),
        Bytes.wrap(new byte[TokenClaim.DIGEST_BYTES]));
  }
}
