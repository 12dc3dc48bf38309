package dev.partita.protocol.encoding;

import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BillingModeSummary;
import dev.partita.model.api.DescribeContinuousBackupsResponse;
import dev.partita.model.api.DescribeEndpointsResponse;
import dev.partita.model.api.DescribeLimitsResponse;
import dev.partita.model.api.DescribeTimeToLiveResponse;
import dev.partita.model.api.GlobalSecondaryIndexDescription;
import dev.partita.model.api.IndexProjection;
import dev.partita.model.api.IndexWarmThroughputDescription;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ListTablesResponse;
import dev.partita.model.api.ListTagsOfResourceResponse;
import dev.partita.model.api.LocalSecondaryIndexDescription;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProvisionedThroughputDescription;
import dev.partita.model.api.SseDescription;
import dev.partita.model.api.StreamSpecification;
import dev.partita.model.api.TableClassSummary;
import dev.partita.model.api.TableDescription;
import dev.partita.model.api.TableWarmThroughputDescription;
import dev.partita.model.api.Tag;
import dev.partita.model.api.TimeToLiveSpecification;
import dev.partita.model.api.UpdateTimeToLiveResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What describes tables and the service, to JSON. */
final class TableEncoder {
  private static final int CAPACITY_INITIAL = 1024;

  private TableEncoder() {}

  /** {@code table} as the member {@code name} of an object. */
  static byte[] encode(String name, TableDescription table) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject().name(name).startObject();
    definitions(json, table.attributeDefinitions());
    json.member("TableName", table.tableName());
    keySchema(json, table.keySchema());
    json.member("TableStatus", table.tableStatus());
    json.member("CreationDateTime", table.creationDateTime());
    provisioned(json, table.provisionedThroughput());
    json.member("TableSizeBytes", table.tableSizeBytes());
    json.member("ItemCount", table.itemCount());
    json.member("TableArn", table.tableArn());
    json.member("TableId", table.tableId());
    billingMode(json, table.billingModeSummary());
    localIndexes(json, table.localSecondaryIndexes());
    globalIndexes(json, table.globalSecondaryIndexes());
    stream(json, table.streamSpecification());
    json.member("LatestStreamLabel", table.latestStreamLabel());
    json.member("LatestStreamArn", table.latestStreamArn());
    encryption(json, table.sseDescription());
    tableClass(json, table.tableClassSummary());
    json.member("DeletionProtectionEnabled", (Boolean) table.deletionProtectionEnabled());
    onDemand(json, table.onDemandThroughput());
    TableWarmThroughputDescription warm = table.warmThroughput();
    if (warm != null) {
      warm(json, warm.readUnitsPerSecond(), warm.writeUnitsPerSecond(), warm.status());
    }
    return json.endObject().endObject().toBytes();
  }

  private static void definitions(
      JsonWriter json, @Nullable List<AttributeDefinition> definitions) {
    if (definitions != null) {
      json.name("AttributeDefinitions").startArray();
      for (AttributeDefinition definition : definitions) {
        json.startObject().member("AttributeName", definition.attributeName());
        json.member("AttributeType", definition.attributeType()).endObject();
      }
      json.endArray();
    }
  }

  private static void keySchema(JsonWriter json, @Nullable List<KeySchemaElement> elements) {
    if (elements != null) {
      json.name("KeySchema").startArray();
      for (KeySchemaElement element : elements) {
        json.startObject().member("AttributeName", element.attributeName());
        json.member("KeyType", element.keyType()).endObject();
      }
      json.endArray();
    }
  }

  private static void provisioned(
      JsonWriter json, @Nullable ProvisionedThroughputDescription throughput) {
    if (throughput != null) {
      json.name("ProvisionedThroughput").startObject();
      json.member("LastIncreaseDateTime", throughput.lastIncreaseDateTime());
      json.member("LastDecreaseDateTime", throughput.lastDecreaseDateTime());
      json.member("NumberOfDecreasesToday", throughput.numberOfDecreasesToday());
      json.member("ReadCapacityUnits", throughput.readCapacityUnits());
      json.member("WriteCapacityUnits", throughput.writeCapacityUnits()).endObject();
    }
  }

  private static void billingMode(JsonWriter json, @Nullable BillingModeSummary summary) {
    if (summary != null) {
      json.name("BillingModeSummary").startObject();
      json.member("BillingMode", summary.billingMode());
      json.member("LastUpdateToPayPerRequestDateTime", summary.lastUpdateToPayPerRequestDateTime());
      json.endObject();
    }
  }

  private static void localIndexes(
      JsonWriter json, @Nullable List<LocalSecondaryIndexDescription> indexes) {
    if (indexes != null) {
      json.name("LocalSecondaryIndexes").startArray();
      for (LocalSecondaryIndexDescription index : indexes) {
        json.startObject().member("IndexName", index.indexName());
        keySchema(json, index.keySchema());
        projection(json, index.projection());
        json.member("IndexSizeBytes", index.indexSizeBytes());
        json.member("ItemCount", index.itemCount());
        json.member("IndexArn", index.indexArn()).endObject();
      }
      json.endArray();
    }
  }

  private static void globalIndexes(
      JsonWriter json, @Nullable List<GlobalSecondaryIndexDescription> indexes) {
    if (indexes != null) {
      json.name("GlobalSecondaryIndexes").startArray();
      for (GlobalSecondaryIndexDescription index : indexes) {
        json.startObject().member("IndexName", index.indexName());
        keySchema(json, index.keySchema());
        projection(json, index.projection());
        json.member("IndexStatus", index.indexStatus());
        json.member("Backfilling", index.backfilling());
        provisioned(json, index.provisionedThroughput());
        json.member("IndexSizeBytes", index.indexSizeBytes());
        json.member("ItemCount", index.itemCount());
        json.member("IndexArn", index.indexArn());
        onDemand(json, index.onDemandThroughput());
        IndexWarmThroughputDescription warm = index.warmThroughput();
        if (warm != null) {
          warm(json, warm.readUnitsPerSecond(), warm.writeUnitsPerSecond(), warm.status());
        }
        json.endObject();
      }
      json.endArray();
    }
  }

  private static void projection(JsonWriter json, IndexProjection projection) {
    json.name("Projection").startObject();
    json.member("ProjectionType", projection.projectionType());
    List<String> attributes = projection.nonKeyAttributes();
    if (attributes != null) {
      json.name("NonKeyAttributes").startArray();
      attributes.forEach(json::value);
      json.endArray();
    }
    json.endObject();
  }

  private static void stream(JsonWriter json, @Nullable StreamSpecification stream) {
    if (stream != null) {
      json.name("StreamSpecification").startObject();
      json.member("StreamEnabled", (Boolean) stream.streamEnabled());
      json.member("StreamViewType", stream.streamViewType()).endObject();
    }
  }

  private static void encryption(JsonWriter json, @Nullable SseDescription description) {
    if (description != null) {
      json.name("SSEDescription").startObject().member("Status", description.status());
      json.member("SSEType", description.sseType());
      json.member("KMSMasterKeyArn", description.kmsMasterKeyArn()).endObject();
    }
  }

  private static void tableClass(JsonWriter json, @Nullable TableClassSummary summary) {
    if (summary != null) {
      json.name("TableClassSummary").startObject().member("TableClass", summary.tableClass());
      json.member("LastUpdateDateTime", summary.lastUpdateDateTime()).endObject();
    }
  }

  private static void onDemand(JsonWriter json, @Nullable OnDemandThroughput throughput) {
    if (throughput != null) {
      json.name("OnDemandThroughput").startObject();
      json.member("MaxReadRequestUnits", throughput.maxReadRequestUnits());
      json.member("MaxWriteRequestUnits", throughput.maxWriteRequestUnits()).endObject();
    }
  }

  private static void warm(JsonWriter json, long read, long write, Enum<?> status) {
    json.name("WarmThroughput").startObject().member("ReadUnitsPerSecond", read);
    json.member("WriteUnitsPerSecond", write).member("Status", status).endObject();
  }

  static byte[] encode(ListTablesResponse list) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject().name("TableNames");
    json.startArray();
    list.tableNames().forEach(json::value);
    json.endArray().member("LastEvaluatedTableName", list.lastEvaluatedTableName());
    return json.endObject().toBytes();
  }

  static byte[] encode(ListTagsOfResourceResponse list) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject().name("Tags").startArray();
    for (Tag tag : list.tags()) {
      json.startObject().member("Key", tag.key()).member("Value", tag.value()).endObject();
    }
    return json.endArray().member("NextToken", list.nextToken()).endObject().toBytes();
  }

  static byte[] encode(DescribeLimitsResponse limits) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject();
    json.member("AccountMaxReadCapacityUnits", limits.accountMaxReadCapacityUnits());
    json.member("AccountMaxWriteCapacityUnits", limits.accountMaxWriteCapacityUnits());
    json.member("TableMaxReadCapacityUnits", limits.tableMaxReadCapacityUnits());
    json.member("TableMaxWriteCapacityUnits", limits.tableMaxWriteCapacityUnits());
    return json.endObject().toBytes();
  }

  static byte[] encode(DescribeEndpointsResponse endpoints) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject().name("Endpoints");
    json.startArray().startObject().member("Address", endpoints.address());
    json.member("CachePeriodInMinutes", endpoints.cachePeriodInMinutes());
    return json.endObject().endArray().endObject().toBytes();
  }

  static byte[] encode(DescribeTimeToLiveResponse timeToLive) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject();
    json.name("TimeToLiveDescription").startObject();
    json.member("TimeToLiveStatus", timeToLive.timeToLiveStatus());
    json.member("AttributeName", timeToLive.attributeName());
    return json.endObject().endObject().toBytes();
  }

  static byte[] encode(UpdateTimeToLiveResponse updated) {
    TimeToLiveSpecification specification = updated.timeToLiveSpecification();
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject();
    json.name("TimeToLiveSpecification").startObject();
    json.member("AttributeName", specification.attributeName());
    json.member("Enabled", (Boolean) specification.enabled());
    return json.endObject().endObject().toBytes();
  }

  static byte[] encode(DescribeContinuousBackupsResponse backups) {
    JsonWriter json = new JsonWriter(CAPACITY_INITIAL).startObject();
    json.name("ContinuousBackupsDescription").startObject();
    json.member("ContinuousBackupsStatus", backups.continuousBackupsStatus());
    json.name("PointInTimeRecoveryDescription").startObject();
    json.member("PointInTimeRecoveryStatus", backups.pointInTimeRecoveryStatus());
    return json.endObject().endObject().endObject().toBytes();
  }
}
