package dev.partita.bench;

import java.net.URI;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Signature Version 4 over a DynamoDB request, through the signer of the AWS SDK. */
final class RequestSigner {
  private final URI endpoint;
  private final String region;
  private final AwsCredentialsIdentity identity;
  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();

  RequestSigner(URI endpoint, String region, BenchmarkSettings.Credentials credentials) {
    this.endpoint = endpoint;
    this.region = region;
    String id = credentials.accessKeyId();
    String secret = credentials.secretAccessKey();
    this.identity =
        credentials
            .sessionToken()
            .<AwsCredentialsIdentity>map(
                token -> AwsSessionCredentialsIdentity.create(id, secret, token))
            .orElseGet(() -> AwsCredentialsIdentity.create(id, secret));
  }

  /** All headers of the request, Host among them, Content-Length not. */
  Map<String, List<String>> sign(String operation, byte[] body) {
    SdkHttpRequest request =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.POST)
            .uri(endpoint)
            .encodedPath("/")
            .putHeader("Content-Type", "application/x-amz-json-1.0")
            .putHeader("X-Amz-Target", "DynamoDB_20120810." + operation)
            .build();
    return signer
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
