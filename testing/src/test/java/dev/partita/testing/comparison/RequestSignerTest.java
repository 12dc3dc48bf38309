package dev.partita.testing.comparison;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSignerTest {

  private static final URI ENDPOINT = URI.create("http://localhost:8000/");
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);

  private static Map<String, String> sign(String secret, byte[] body) {
    Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05Z"), ZoneOffset.UTC);
    return new RequestSigner("AKID", secret, "us-east-1", clock)
        .sign(ENDPOINT, "DynamoDB_20120810.ListTables", body);
  }

  @Test
  void scopeAndSignedHeadersAreThoseOfTheRequest() {
    Map<String, String> headers = sign("secret", BODY);
    assertEquals("20260102T030405Z", headers.get("X-Amz-Date"));
    String authorization = headers.getOrDefault("Authorization", "");
    assertEquals(
        "AWS4-HMAC-SHA256 Credential=AKID/20260102/us-east-1/dynamodb/aws4_request,"
            + " SignedHeaders=host;x-amz-date;x-amz-target, Signature=",
        authorization.substring(0, authorization.length() - 64));
  }

  /** Computed with another implementation of Signature Version 4. */
  @Test
  void theSignatureIsThatOfTheCanonicalRequest() {
    String authorization = sign("secret", BODY).getOrDefault("Authorization", "");
    assertEquals(
        "23804709afcc8ecfc1e5ee943396a48efbce7a9246d9628c759fa2f90711c6af",
        authorization.substring(authorization.length() - 64));
  }

  @Test
  void theSignatureDependsOnSecretAndBody() {
    String signature = sign("secret", BODY).getOrDefault("Authorization", "");
    assertEquals(signature, sign("secret", BODY).get("Authorization"));
    assertNotEquals(signature, sign("other", BODY).get("Authorization"));
    assertNotEquals(signature, sign("secret", new byte[] {'{', ' ', '}'}).get("Authorization"));
  }
}
