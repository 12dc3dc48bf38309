package dev.partita.conformance.kcl;

import com.amazonaws.services.dynamodbv2.streamsadapter.AmazonDynamoDBStreamsAdapterClient;
import com.amazonaws.services.dynamodbv2.streamsadapter.StreamsSchedulerFactory;
import com.amazonaws.services.dynamodbv2.streamsadapter.polling.DynamoDBStreamsPollingConfig;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchAsyncClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.coordinator.CoordinatorConfig;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.StreamTracker;
import software.amazon.kinesis.retrieval.RetrievalConfig;

/**
 * A program as a user of the library writes it: endpoint, ARN of the stream, name of the
 * application, name of the worker. It prints a line for each record and ends when its standard
 * input does. All that waits is set to wait less than usual; nothing else is.
 */
final class KclWorker {
  private static final Region REGION = Region.US_EAST_1;
  private static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));

  private KclWorker() {}

  public static void main(String[] arguments) throws Exception {
    URI endpoint = URI.create(arguments[0]);
    try (SdkAsyncHttpClient http = new JdkAsyncHttpClient();
        DynamoDbAsyncClient tables =
            DynamoDbAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(CREDENTIALS)
                .httpClient(http)
                .build();
        CloudWatchAsyncClient metrics =
            CloudWatchAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(REGION)
                .credentialsProvider(CREDENTIALS)
                .httpClient(http)
                .build();
        DynamoDbStreamsClient streams = streams(endpoint)) {
      Scheduler scheduler = scheduler(streams, tables, metrics, arguments);
      Thread thread = Thread.ofPlatform().name("scheduler").start(scheduler);
      while (System.in.read() >= 0) {
        // What it is told does not matter, only the end of it.
      }
      // Not the graceful one, which waits for shards whose parents others have.
      scheduler.shutdown();
      System.exit(thread.join(Duration.ofSeconds(30)) ? 0 : 1);
    }
  }

  static DynamoDbStreamsClient streams(URI endpoint) {
    return DynamoDbStreamsClient.builder()
        .endpointOverride(endpoint)
        .region(REGION)
        .credentialsProvider(CREDENTIALS)
        .httpClientBuilder(ApacheHttpClient.builder().maxConnections(64))
        .build();
  }

  private static Scheduler scheduler(
      DynamoDbStreamsClient streams,
      DynamoDbAsyncClient tables,
      CloudWatchAsyncClient metrics,
      String[] arguments) {
    StreamTracker tracker =
        StreamsSchedulerFactory.createSingleStreamTracker(
            arguments[1],
            InitialPositionInStreamExtended.newInitialPosition(
                InitialPositionInStream.TRIM_HORIZON));
    AmazonDynamoDBStreamsAdapterClient adapter =
        new AmazonDynamoDBStreamsAdapterClient(streams, REGION);
    ConfigsBuilder configs =
        new ConfigsBuilder(
            tracker,
            arguments[2],
            adapter,
            tables,
            metrics,
            arguments[3],
            () -> new PrintingProcessor(System.out));
    CoordinatorConfig coordinator = configs.coordinatorConfig();
    coordinator.parentShardPollIntervalMillis(500);
    coordinator.shardConsumerDispatchPollIntervalMillis(100);
    coordinator.skipShardSyncAtWorkerInitializationIfLeasesExist(true);
    LeaseManagementConfig leases = configs.leaseManagementConfig();
    leases.failoverTimeMillis(2000);
    leases.leaseAssignmentIntervalMillis(1000L);
    // The adapter means to set this, but only after it was read.
    leases.shardSyncIntervalMillis(0);
    leases.leasesRecoveryAuditorExecutionFrequencyMillis(2000);
    leases
        .workerUtilizationAwareAssignmentConfig()
        .workerMetricsReporterFreqInMillis(1000)
        .disableWorkerMetrics(true);
    RetrievalConfig retrieval =
        configs
            .retrievalConfig()
            .retrievalSpecificConfig(
                new DynamoDBStreamsPollingConfig(adapter).idleTimeBetweenReadsInMillis(100));
    return StreamsSchedulerFactory.createScheduler(
        configs.checkpointConfig(),
        coordinator,
        leases,
        configs.lifecycleConfig().taskBackoffTimeMillis(200),
        configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
        configs.processorConfig(),
        retrieval,
        adapter);
  }
}
