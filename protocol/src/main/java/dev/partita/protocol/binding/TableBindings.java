package dev.partita.protocol.binding;

import dev.partita.base.InvariantBrokenException;
import dev.partita.model.AttributeType;
import dev.partita.model.KeyType;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.DeleteTableRequest;
import dev.partita.model.api.DescribeContinuousBackupsRequest;
import dev.partita.model.api.DescribeEndpointsRequest;
import dev.partita.model.api.DescribeLimitsRequest;
import dev.partita.model.api.DescribeTableRequest;
import dev.partita.model.api.DescribeTimeToLiveRequest;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ListTablesRequest;
import dev.partita.model.api.ListTagsOfResourceRequest;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProvisionedThroughput;
import dev.partita.model.api.SseSpecification;
import dev.partita.model.api.SseType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.Tag;
import dev.partita.model.api.TagResourceRequest;
import dev.partita.model.api.UntagResourceRequest;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.WarmThroughput;
import dev.partita.protocol.json.StructureValue;
import dev.partita.protocol.shape.StructureShape;
import java.util.List;

/** The operations on tables, their tags and what describes the service. */
final class TableBindings {
  private TableBindings() {}

  /** The members that CreateTable and UpdateTable share. */
  private static final class Settings {
    private final Slot<String> tableName;
    private final Slot<List<AttributeDefinition>> definitions;
    private final Slot<BillingMode> billingMode;
    private final Slot<ProvisionedThroughput> provisioned;
    private final Slot<SseSpecification> encryption;
    private final Slot<TableClass> tableClass;
    private final Slot<Boolean> deletionProtection;
    private final Slot<WarmThroughput> warm;
    private final Slot<OnDemandThroughput> onDemand;

    Settings(Slots slots) {
      tableName = slots.string("TableName");
      definitions = slots.list("AttributeDefinitions", TableBindings::definition);
      billingMode = slots.enumeration("BillingMode", BillingMode.values());
      provisioned = slots.structure("ProvisionedThroughput", TableBindings::provisioned);
      encryption = slots.structure("SSESpecification", TableBindings::encryption);
      tableClass = slots.enumeration("TableClass", TableClass.values());
      deletionProtection = slots.bool("DeletionProtectionEnabled");
      warm = slots.structure("WarmThroughput", TableBindings::warm);
      onDemand = slots.structure("OnDemandThroughput", TableBindings::onDemand);
      slots.refuseUnless("StreamSpecification", TableBindings::isStreamDisabled);
      slots.refuse("GlobalTableSettingsReplicationMode");
    }
  }

  static RequestBinding createTable(Slots slots) {
    Settings settings = new Settings(slots);
    Slot<List<KeySchemaElement>> keySchema = slots.list("KeySchema", TableBindings::keyElement);
    Slot<List<Tag>> tags = slots.list("Tags", TableBindings::tag);
    slots.refuseList("LocalSecondaryIndexes");
    slots.refuseList("GlobalSecondaryIndexes");
    slots.refuseList("VectorIndexes");
    slots.refuse("ResourcePolicy");
    slots.refuse("GlobalTableSourceArn");
    return (input, names) ->
        new CreateTableRequest(
            names.resolve(settings.tableName.require(input)),
            settings.definitions.get(input),
            keySchema.get(input),
            null,
            null,
            settings.billingMode.get(input),
            settings.provisioned.get(input),
            null,
            settings.encryption.get(input),
            tags.get(input),
            settings.tableClass.get(input),
            settings.deletionProtection.get(input),
            settings.warm.get(input),
            settings.onDemand.get(input));
  }

  static RequestBinding updateTable(Slots slots) {
    Settings settings = new Settings(slots);
    slots.refuseList("GlobalSecondaryIndexUpdates");
    slots.refuseList("VectorIndexUpdates");
    slots.refuse("ReplicaUpdates");
    slots.refuse("MultiRegionConsistency");
    slots.refuse("GlobalTableWitnessUpdates");
    return (input, names) ->
        new UpdateTableRequest(
            names.resolve(settings.tableName.require(input)),
            settings.definitions.get(input),
            settings.billingMode.get(input),
            settings.provisioned.get(input),
            null,
            null,
            settings.encryption.get(input),
            settings.tableClass.get(input),
            settings.deletionProtection.get(input),
            settings.warm.get(input),
            settings.onDemand.get(input));
  }

  static RequestBinding describeTable(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    return (input, names) -> new DescribeTableRequest(names.resolve(tableName.require(input)));
  }

  static RequestBinding deleteTable(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    return (input, names) -> new DeleteTableRequest(names.resolve(tableName.require(input)));
  }

  static RequestBinding describeTimeToLive(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    return (input, names) -> new DescribeTimeToLiveRequest(names.resolve(tableName.require(input)));
  }

  static RequestBinding describeContinuousBackups(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    return (input, names) ->
        new DescribeContinuousBackupsRequest(names.resolve(tableName.require(input)));
  }

  static RequestBinding listTables(Slots slots) {
    Slot<String> start = slots.string("ExclusiveStartTableName");
    Slot<Integer> limit = slots.integer("Limit");
    return (input, names) -> new ListTablesRequest(start.get(input), limit.get(input));
  }

  static RequestBinding tagResource(Slots slots) {
    Slot<String> arn = slots.string("ResourceArn");
    Slot<List<Tag>> tags = slots.list("Tags", TableBindings::tag);
    return (input, names) -> new TagResourceRequest(arn.require(input), tags.require(input));
  }

  static RequestBinding untagResource(Slots slots) {
    Slot<String> arn = slots.string("ResourceArn");
    Slot<List<String>> keys = slots.stringList("TagKeys");
    return (input, names) -> new UntagResourceRequest(arn.require(input), keys.require(input));
  }

  static RequestBinding listTagsOfResource(Slots slots) {
    Slot<String> arn = slots.string("ResourceArn");
    Slot<String> nextToken = slots.string("NextToken");
    return (input, names) ->
        new ListTagsOfResourceRequest(arn.require(input), nextToken.get(input));
  }

  static RequestBinding describeLimits(Slots slots) {
    return (input, names) -> new DescribeLimitsRequest();
  }

  static RequestBinding describeEndpoints(Slots slots) {
    return (input, names) -> new DescribeEndpointsRequest();
  }

  private static StructureBinding<AttributeDefinition> definition(Slots slots) {
    Slot<String> name = slots.string("AttributeName");
    Slot<AttributeType> type = slots.enumeration("AttributeType", AttributeType.values());
    return input -> new AttributeDefinition(name.require(input), type.require(input));
  }

  private static StructureBinding<KeySchemaElement> keyElement(Slots slots) {
    Slot<String> name = slots.string("AttributeName");
    Slot<KeyType> type = slots.enumeration("KeyType", KeyType.values());
    return input -> new KeySchemaElement(name.require(input), type.require(input));
  }

  private static StructureBinding<ProvisionedThroughput> provisioned(Slots slots) {
    Slot<Long> read = slots.longInteger("ReadCapacityUnits");
    Slot<Long> write = slots.longInteger("WriteCapacityUnits");
    return input -> new ProvisionedThroughput(read.require(input), write.require(input));
  }

  private static StructureBinding<SseSpecification> encryption(Slots slots) {
    Slot<Boolean> enabled = slots.bool("Enabled");
    Slot<SseType> type = slots.enumeration("SSEType", SseType.values());
    Slot<String> key = slots.string("KMSMasterKeyId");
    return input -> new SseSpecification(enabled.get(input), type.get(input), key.get(input));
  }

  private static StructureBinding<WarmThroughput> warm(Slots slots) {
    Slot<Long> read = slots.longInteger("ReadUnitsPerSecond");
    Slot<Long> write = slots.longInteger("WriteUnitsPerSecond");
    return input -> new WarmThroughput(read.get(input), write.get(input));
  }

  private static StructureBinding<OnDemandThroughput> onDemand(Slots slots) {
    Slot<Long> read = slots.longInteger("MaxReadRequestUnits");
    Slot<Long> write = slots.longInteger("MaxWriteRequestUnits");
    return input -> new OnDemandThroughput(read.get(input), write.get(input));
  }

  private static StructureBinding<Tag> tag(Slots slots) {
    Slot<String> key = slots.string("Key");
    Slot<String> value = slots.string("Value");
    return input -> new Tag(key.require(input), value.require(input));
  }

  /** A stream that is not wanted needs no streams. */
  private static boolean isStreamDisabled(Object specification) {
    if (!(specification instanceof StructureValue value)) {
      throw new InvariantBrokenException("StreamSpecification is no structure");
    }
    StructureShape.Member enabled = value.shape().member("StreamEnabled");
    StructureShape.Member viewType = value.shape().member("StreamViewType");
    if (enabled == null || viewType == null) {
      throw new InvariantBrokenException("The API model has another StreamSpecification");
    }
    return Boolean.FALSE.equals(value.get(enabled.index())) && value.get(viewType.index()) == null;
  }
}
