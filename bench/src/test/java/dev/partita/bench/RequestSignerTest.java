package dev.partita.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RequestSignerTest {
  private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);

  /** Computes the signature again from the specification of Signature Version 4. */
  @Test
  void signatureIsThatOfTheSpecification() throws Exception {
    BenchmarkSettings.Credentials credentials =
        new BenchmarkSettings.Credentials("AKID", "secret", Optional.of("token"));
    RequestSigner signer =
        new RequestSigner(URI.create("http://127.0.0.1:8000"), "eu-west-1", credentials);
    Map<String, String> headers = new TreeMap<>();
    signer
        .sign("GetItem", BODY)
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    assertEquals("127.0.0.1:8000", headers.get("host"));
    assertEquals("DynamoDB_20120810.GetItem", headers.get("x-amz-target"));
    assertEquals("token", headers.get("x-amz-security-token"));
    String authorization = headers.get("authorization");
    assertNotNull(authorization);
    String signed = authorization.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
    assertTrue(("," + signed.replace(';', ',') + ",").contains(",x-amz-target,"), signed);
    StringBuilder canonical = new StringBuilder("POST\n/\n\n");
    for (String name : signed.split(";", -1)) {
      canonical.append(name).append(':').append(headers.get(name)).append('\n');
    }
    canonical.append('\n').append(signed).append('\n').append(sha256(BODY));
    String time = headers.get("x-amz-date");
    assertNotNull(time);
    String day = time.substring(0, 8);
    String scope = day + "/eu-west-1/dynamodb/aws4_request";
    String toSign =
        "AWS4-HMAC-SHA256\n"
            + time
            + "\n"
            + scope
            + "\n"
            + sha256(canonical.toString().getBytes(StandardCharsets.UTF_8));
    byte[] key = "AWS4secret".getBytes(StandardCharsets.UTF_8);
    for (String part : new String[] {day, "eu-west-1", "dynamodb", "aws4_request"}) {
      key = hmac(key, part);
    }
    assertEquals(
        HexFormat.of().formatHex(hmac(key, toSign)), authorization.replaceAll(".*Signature=", ""));
  }

  private static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static byte[] hmac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }
}
