package dev.partita.testing.comparison;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs requests with AWS Signature Version 4. */
final class RequestSigner {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final String accessKey;
  private final String secretKey;
  private final String region;
  private final Clock clock;

  RequestSigner(String accessKey, String secretKey, String region, Clock clock) {
    this.accessKey = accessKey;
    this.secretKey = secretKey;
    this.region = region;
    this.clock = clock;
  }

  /** The headers X-Amz-Date and Authorization for a POST of this body to the root path. */
  SortedMap<String, String> sign(URI endpoint, String target, byte[] body) {
    String time = TIME.format(clock.instant());
    String day = time.substring(0, 8);
    String host =
        endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ":" + endpoint.getPort();
    SortedMap<String, String> signed = new TreeMap<>();
    signed.put("host", host);
    signed.put("x-amz-date", time);
    signed.put("x-amz-target", target);
    String names = String.join(";", signed.keySet());
    String headers =
        signed.entrySet().stream()
            .map(header -> header.getKey() + ":" + header.getValue() + "\n")
            .collect(Collectors.joining());
    String canonical = String.join("\n", "POST", "/", "", headers, names, hex(sha256(body)));
    String scope = day + "/" + region + "/dynamodb/aws4_request";
    String toSign =
        String.join("\n", "AWS4-HMAC-SHA256", time, scope, hex(sha256(bytes(canonical))));
    byte[] key = hmac(bytes("AWS4" + secretKey), day);
    for (String part : new String[] {region, "dynamodb", "aws4_request"}) {
      key = hmac(key, part);
    }
    SortedMap<String, String> result = new TreeMap<>();
    result.put("X-Amz-Date", time);
    result.put(
        "Authorization",
        "AWS4-HMAC-SHA256 Credential="
            + accessKey
            + "/"
            + scope
            + ", SignedHeaders="
            + names
            + ", Signature="
            + hex(hmac(key, toSign)));
    return result;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(bytes(text));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
