package dev.partita.triggers;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The headers of a request: with Signature Version 4, or with a header that only looks like it. */
sealed interface RequestSigner {
  /** The type of every request's body. */
  String CONTENT_TYPE = "application/x-amz-json-1.0";

  /**
   * All headers of the request, perhaps Host among them.
   *
   * @param target the value of X-Amz-Target
   */
  Map<String, List<String>> sign(String target, byte[] body);

  static RequestSigner of(TriggerSettings.Source source) {
    return source
        .credentials()
        .<RequestSigner>map(
            credentials -> new Signed(source.endpoint(), source.region(), identity(credentials)))
        .orElseGet(() -> new Unsigned(source.region()));
  }

  private static AwsCredentialsIdentity identity(TriggerSettings.Credentials credentials) {
    String id = credentials.accessKeyId();
    String secret = credentials.secretAccessKey();
    return credentials
        .sessionToken()
        .<AwsCredentialsIdentity>map(
            token -> AwsSessionCredentialsIdentity.create(id, secret, token))
        .orElseGet(() -> AwsCredentialsIdentity.create(id, secret));
  }

  /** By the signer of the AWS SDK. */
  record Signed(URI endpoint, String region, AwsCredentialsIdentity identity)
      implements RequestSigner {
    @Override
    public Map<String, List<String>> sign(String target, byte[] body) {
      SdkHttpRequest request =
          SdkHttpRequest.builder()
              .method(SdkHttpMethod.POST)
              .uri(endpoint)
              .encodedPath("/")
              .putHeader("Content-Type", CONTENT_TYPE)
              .putHeader("X-Amz-Target", target)
              .build();
      return AwsV4HttpSigner.create()
          .sign(sign ->
              sign.identity(identity)
                  .request(request)
                  .payload(ContentStreamProvider.fromByteArray(body))
                  .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "dynamodb")
                  .putProperty(AwsV4HttpSigner.REGION_NAME, region))
          .request()
          .headers();
    }
  }

  /** For endpoints that check no signature. */
  record Unsigned(String region) implements RequestSigner {
    private static final String DATE = "20260101";

    @Override
    public Map<String, List<String>> sign(String target, byte[] body) {
      return Map.of(
          "Content-Type",
          List.of(CONTENT_TYPE),
          "X-Amz-Date",
          List.of(DATE + "T000000Z"),
          "X-Amz-Target",
          List.of(target),
          "Authorization",
          List.of(
              "AWS4-HMAC-SHA256 Credential=partita/"
                  + DATE
                  + "/"
                  + region
                  + "/dynamodb/aws4_request, SignedHeaders=content-type;host;x-amz-date;"
                  + "x-amz-target, Signature="
                  + "0".repeat(64)));
    }
  }
}
