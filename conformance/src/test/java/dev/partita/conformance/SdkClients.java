package dev.partita.conformance;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Clients of the AWS SDK. */
final class SdkClients {
  private SdkClients() {}

  /** A client that sends every request once, so that no error is hidden. */
  static DynamoDbClient of(URI address) {
    return of(address, "us-east-1");
  }

  static DynamoDbClient of(URI address, String region) {
    return configured(DynamoDbClient.builder(), address, region).build();
  }

  /** A client of DynamoDB Streams that sends every request once. */
  static DynamoDbStreamsClient streams(URI address) {
    return configured(DynamoDbStreamsClient.builder(), address, "us-east-1").build();
  }

  private static <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B configured(
      B builder, URI address, String region) {
    return builder
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
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()));
  }
}
