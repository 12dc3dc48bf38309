package dev.partita.conformance;

import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A running server and the clients that talk to it.
 *
 * @param sdk the AWS SDK, which repeats nothing by itself
 * @param raw plain HTTP
 */
record Server(ServerProcess process, DynamoDbClient sdk, RawClient raw) implements AutoCloseable {
  static Server of(ServerProcess process) {
    return new Server(process, SdkClients.of(process.address()), new RawClient(process.address()));
  }

  URI address() {
    return process.address();
  }

  @Override
  public void close() {
    sdk.close();
    raw.close();
    process.close();
  }
}
