package dev.partita.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.enhanced.dynamodb.AttributeConverterProvider;
import software.amazon.awssdk.enhanced.dynamodb.AttributeValueType;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbTable;
import software.amazon.awssdk.enhanced.dynamodb.EnhancedType;
import software.amazon.awssdk.enhanced.dynamodb.Expression;
import software.amazon.awssdk.enhanced.dynamodb.Key;
import software.amazon.awssdk.enhanced.dynamodb.TableMetadata;
import software.amazon.awssdk.enhanced.dynamodb.TableSchema;
import software.amazon.awssdk.enhanced.dynamodb.document.EnhancedDocument;
import software.amazon.awssdk.enhanced.dynamodb.model.BatchWriteItemEnhancedRequest;
import software.amazon.awssdk.enhanced.dynamodb.model.QueryConditional;
import software.amazon.awssdk.enhanced.dynamodb.model.WriteBatch;

/** The enhanced client of the AWS SDK, which many programs use in place of the plain one. */
@ExtendWith(SharedServer.class)
class EnhancedClientTest {
  private final DynamoDbTable<EnhancedDocument> table;
  private final DynamoDbEnhancedClient client;

  EnhancedClientTest(Server server) {
    this.client = DynamoDbEnhancedClient.builder().dynamoDbClient(server.sdk()).build();
    this.table =
        client.table(
            Tables.name(),
            TableSchema.documentSchemaBuilder()
                .addIndexPartitionKey(
                    TableMetadata.primaryIndexName(), "customer", AttributeValueType.S)
                .addIndexSortKey(TableMetadata.primaryIndexName(), "order", AttributeValueType.N)
                .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
                .build());
  }

  private static EnhancedDocument order(String customer, int order, String status) {
    return EnhancedDocument.builder()
        .attributeConverterProviders(AttributeConverterProvider.defaultProvider())
        .putString("customer", customer)
        .putNumber("order", order)
        .putString("status", status)
        .putList("lines", List.of("a", "b"), EnhancedType.of(String.class))
        .build();
  }

  @Test
  void createsWritesReadsAndDeletes() {
    table.createTable();
    table.putItem(order("ann", 1, "open"));
    Key key = Key.builder().partitionValue("ann").sortValue(1).build();
    assertEquals("open", table.getItem(key).getString("status"));
    table.updateItem(order("ann", 1, "paid"));
    assertEquals("paid", table.getItem(key).getString("status"));
    WriteBatch.Builder<EnhancedDocument> batch =
        WriteBatch.builder(EnhancedDocument.class).mappedTableResource(table);
    IntStream.range(2, 12).forEach(i -> batch.addPutItem(order("ann", i, "open")));
    assertEquals(
        0,
        client
            .batchWriteItem(
                BatchWriteItemEnhancedRequest.builder().writeBatches(batch.build()).build())
            .unprocessedPutItemsForTable(table)
            .size());
    List<Integer> open =
        table
            .query(r ->
                r.queryConditional(
                        QueryConditional.sortGreaterThan(k -> k.partitionValue("ann").sortValue(5)))
                    .filterExpression(
                        Expression.builder()
                            .expression("#s = :open")
                            .expressionNames(Map.of("#s", "status"))
                            .expressionValues(Map.of(":open", Values.string("open")))
                            .build())
                    .limit(2))
            .items()
            .stream()
            .map(document -> document.getNumber("order").intValue())
            .toList();
    assertEquals(List.of(6, 7, 8, 9, 10, 11), open);
    assertEquals(11, table.scan().items().stream().count());
    table.deleteItem(key);
    assertNull(table.getItem(key));
    table.deleteTable();
  }
}
