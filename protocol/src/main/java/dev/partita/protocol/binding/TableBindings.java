package dev.partita.protocol.binding;

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
import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ListTablesRequest;
import dev.partita.model.api.ListTagsOfResourceRequest;
import dev.partita.model.api.LocalSecondaryIndex;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProvisionedThroughput;
import dev.partita.model.api.SseSpecification;
import dev.partita.model.api.SseType;
import dev.partita.model.api.StreamSpecification;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.Tag;
import dev.partita.model.api.TagResourceRequest;
import dev.partita.model.api.TimeToLiveSpecification;
import dev.partita.model.api.UntagResourceRequest;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.UpdateTimeToLiveRequest;
import dev.partita.model.api.WarmThroughput;
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
    private final Slot<StreamSpecification> stream;
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
      stream = slots.structure("StreamSpecification", TableBindings::stream);
      encryption = slots.structure("SSESpecification", TableBindings::encryption);
      tableClass = slots.enumeration("TableClass", TableClass.values());
      deletionProtection = slots.bool("DeletionProtectionEnabled");
      warm = slots.structure("WarmThroughput", TableBindings::warm);
      onDemand = slots.structure("OnDemandThroughput", TableBindings::onDemand);
      slots.refuse("GlobalTableSettingsReplicationMode");
    }
  }

  static RequestBinding createTable(Slots slots) {
    Settings settings = new Settings(slots);
    Slot<List<KeySchemaElement>> keySchema = slots.list("KeySchema", TableBindings::keyElement);
    Slot<List<Tag>> tags = slots.list("Tags", TableBindings::tag);
    Slot<List<LocalSecondaryIndex>> localIndexes =
        slots.list("LocalSecondaryIndexes", IndexBindings::local);
    Slot<List<GlobalSecondaryIndex>> globalIndexes =
        slots.list("GlobalSecondaryIndexes", IndexBindings::global);
    slots.refuseList("VectorIndexes");
    slots.refuse("ResourcePolicy");
    slots.refuse("GlobalTableSourceArn");
    return (input, names) ->
        new CreateTableRequest(
            names.resolve(settings.tableName.require(input)),
            settings.definitions.get(input),
            keySchema.get(input),
            localIndexes.get(input),
            globalIndexes.get(input),
            settings.billingMode.get(input),
            settings.provisioned.get(input),
            settings.stream.get(input),
            settings.encryption.get(input),
            tags.get(input),
            settings.tableClass.get(input),
            settings.deletionProtection.get(input),
            settings.warm.get(input),
            settings.onDemand.get(input));
  }

  static RequestBinding updateTable(Slots slots) {
    Settings settings = new Settings(slots);
    Slot<List<GlobalSecondaryIndexUpdate>> globalIndexUpdates =
        slots.list("GlobalSecondaryIndexUpdates", IndexBindings::globalUpdate);
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
            globalIndexUpdates.get(input),
            settings.stream.get(input),
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

  static RequestBinding updateTimeToLive(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    Slot<TimeToLiveSpecification> specification =
        slots.structure("TimeToLiveSpecification", TableBindings::timeToLive);
    return (input, names) ->
        new UpdateTimeToLiveRequest(
            names.resolve(tableName.require(input)), specification.require(input));
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

  static StructureBinding<KeySchemaElement> keyElement(Slots slots) {
    Slot<String> name = slots.string("AttributeName");
    Slot<KeyType> type = slots.enumeration("KeyType", KeyType.values());
    return input -> new KeySchemaElement(name.require(input), type.require(input));
  }

  static StructureBinding<ProvisionedThroughput> provisioned(Slots slots) {
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

  static StructureBinding<WarmThroughput> warm(Slots slots) {
    Slot<Long> read = slots.longInteger("ReadUnitsPerSecond");
    Slot<Long> write = slots.longInteger("WriteUnitsPerSecond");
    return input -> new WarmThroughput(read.get(input), write.get(input));
  }

  static StructureBinding<OnDemandThroughput> onDemand(Slots slots) {
    Slot<Long> read = slots.longInteger("MaxReadRequestUnits");
    Slot<Long> write = slots.longInteger("MaxWriteRequestUnits");
    return input -> new OnDemandThroughput(read.get(input), write.get(input));
  }

  private static StructureBinding<Tag> tag(Slots slots) {
    Slot<String> key = slots.string("Key");
    Slot<String> value = slots.string("Value");
    return input -> new Tag(key.require(input), value.require(input));
  }

  private static StructureBinding<StreamSpecification> stream(Slots slots) {
    Slot<Boolean> enabled = slots.bool("StreamEnabled");
    Slot<StreamViewType> viewType = slots.enumeration("StreamViewType", StreamViewType.values());
    return input -> new StreamSpecification(enabled.require(input), viewType.get(input));
  }

  private static StructureBinding<TimeToLiveSpecification> timeToLive(Slots slots) {
    Slot<String> attributeName = slots.string("AttributeName");
    Slot<Boolean> enabled = slots.bool("Enabled");
    return input ->
        new TimeToLiveSpecification(attributeName.require(input), enabled.require(input));
  }
}
