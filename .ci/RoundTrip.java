import java.net.URI;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** {@code RoundTrip URL write|read}: creates a table and puts an item, or looks for that item. */
class RoundTrip {
  private static final String TABLE = "round-trip";

  public static void main(String[] arguments) {
    try (DynamoDbClient client =
        DynamoDbClient.builder()
            .endpointOverride(URI.create(arguments[0]))
            .region(Region.US_EAST_1)
            .httpClient(UrlConnectionHttpClient.create())
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("partita", "partita")))
            .build()) {
      if (arguments[1].equals("write")) {
        write(client);
      }
      Map<String, AttributeValue> key = Map.of("pk", AttributeValue.fromS("a"));
      Map<String, AttributeValue> item =
          client.getItem(get -> get.tableName(TABLE).key(key).consistentRead(true)).item();
      if (!item.equals(item())) {
        throw new IllegalStateException("GetItem returned " + item);
      }
    }
  }

  private static void write(DynamoDbClient client) {
    client.createTable(
        create ->
            create
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(key -> key.attributeName("pk").keyType(KeyType.HASH))
                .attributeDefinitions(
                    key -> key.attributeName("pk").attributeType(ScalarAttributeType.S)));
    client.waiter().waitUntilTableExists(describe -> describe.tableName(TABLE));
    client.putItem(put -> put.tableName(TABLE).item(item()));
  }

  private static Map<String, AttributeValue> item() {
    return Map.of("pk", AttributeValue.fromS("a"), "n", AttributeValue.fromN("42"));
  }
}
