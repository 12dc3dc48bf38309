package dev.partita.conformance;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Clients of the AWS SDK. */
final class SdkClients {
  private SdkClients() {}

  /** A client that sends every request once, so that no error is hidden. */
  static DynamoDbClient of(URI address) {
    return of(address, "us-east-1");
  }

  static DynamoDbClient of(URI address, String region) {
    return DynamoDbClient.builder()
        .endpointOverride(address)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .httpClientBuilder(
            ApacheHttpClient.builder()
                .maxConnections(64)
                .socketTimeout(Duration.ofSeconds(60))
                .connectionTimeout(Duration.ofSeconds(10)))
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build();
  }
}
