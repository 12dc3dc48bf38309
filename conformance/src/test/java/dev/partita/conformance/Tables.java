package dev.partita.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** New tables with names that nobody else uses. */
final class Tables {
  private Tables() {}

  static String name() {
    return "t-" + UUID.randomUUID();
  }

  /** An on-demand table with the partition key p, a string. */
  static String withPartitionKey(DynamoDbClient client) {
    return create(client, ScalarAttributeType.S);
  }

  /** An on-demand table with the keys p, a string, and s, a number. */
  static String withSortKey(DynamoDbClient client) {
    return create(client, ScalarAttributeType.S, ScalarAttributeType.N);
  }

  /** An on-demand table with keys p and perhaps s of these types. */
  static String create(DynamoDbClient client, ScalarAttributeType... types) {
    String name = name();
    client.createTable(request(name, types).build());
    client.waiter().waitUntilTableExists(request -> request.tableName(name));
    return name;
  }

  static CreateTableRequest.Builder request(String name, ScalarAttributeType... types) {
    List<KeySchemaElement> schema = new ArrayList<>();
    List<AttributeDefinition> definitions = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      String attribute = i == 0 ? "p" : "s";
      schema.add(
          KeySchemaElement.builder()
              .attributeName(attribute)
              .keyType(i == 0 ? KeyType.HASH : KeyType.RANGE)
              .build());
      definitions.add(
          AttributeDefinition.builder().attributeName(attribute).attributeType(types[i]).build());
    }
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .keySchema(schema)
        .attributeDefinitions(definitions);
  }
}
