package dev.partita.engine.operation;

import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TableSettings;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BillingModeSummary;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ProvisionedThroughputDescription;
import dev.partita.model.api.SseDescription;
import dev.partita.model.api.StreamSpecification;
import dev.partita.model.api.TableClassSummary;
import dev.partita.model.api.TableDescription;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.TableWarmThroughputDescription;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tables as clients see them. */
final class TableDescriptions {
  private static final double MILLIS_PER_SECOND = 1000.0;

  private final RequestRouter router;
  private final ServerIdentity identity;
  private final IndexDescriptions indexes;

  TableDescriptions(RequestRouter router, ServerIdentity identity) {
    this.router = router;
    this.identity = identity;
    this.indexes = new IndexDescriptions(router, identity);
  }

  TableDescription of(TableDescriptor table) {
    return of(table, router.counters(table.partitionMap()));
  }

  /** A table whose items may be gone already, with the counts from before. */
  TableDescription of(TableDescriptor table, PartitionCounters counters) {
    boolean going = table.status() == TableStatus.DELETING;
    TableSettings settings = table.settings();
    StreamDescriptor enabled = table.derived().enabledStream();
    StreamDescriptor latest = table.derived().latestStream();
    return new TableDescription(
        going ? null : attributeDefinitions(table),
        table.name(),
        going ? null : keySchema(table.keySchema()),
        table.status(),
        going ? null : seconds(table.created()),
        throughput(settings),
        counters.itemBytes(),
        counters.itemCount(),
        identity.tableArn(table.name()),
        table.uuid(),
        billing(settings),
        going ? null : indexes.local(table),
        going ? null : indexes.global(table),
        enabled == null ? null : new StreamSpecification(true, enabled.viewType()),
        latest == null ? null : latest.label(),
        latest == null ? null : identity.streamArn(table.name(), latest.label()),
        settings.sseType() == null
            ? null
            : new SseDescription("ENABLED", settings.sseType(), settings.kmsMasterKeyArn()),
        settings.tableClass() == null
            ? null
            : new TableClassSummary(settings.tableClass(), seconds(settings.tableClassUpdated())),
        settings.deletionProtectionEnabled(),
        settings.onDemandThroughput(),
        going ? null : warmThroughput(table));
  }

  /** The attributes of all keys, ordered by name as AWS tells them. */
  private static List<AttributeDefinition> attributeDefinitions(TableDescriptor table) {
    Map<String, AttributeDefinition> definitions = new TreeMap<>();
    addAttributes(table.keySchema(), definitions);
    for (IndexDefinition index : table.derived().localIndexes()) {
      addAttributes(index.key(), definitions);
    }
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      addAttributes(index.definition().key(), definitions);
    }
    return List.copyOf(definitions.values());
  }

  private static void addAttributes(KeySchema key, Map<String, AttributeDefinition> definitions) {
    for (KeyAttribute attribute : key.attributes()) {
      definitions.put(
          attribute.name(), new AttributeDefinition(attribute.name(), attribute.type()));
    }
  }

  static List<KeySchemaElement> keySchema(KeySchema key) {
    return key.attributes().stream()
        .map(attribute -> new KeySchemaElement(attribute.name(), attribute.keyType()))
        .toList();
  }

  private static ProvisionedThroughputDescription throughput(TableSettings settings) {
    return new ProvisionedThroughputDescription(
        seconds(settings.lastIncrease()),
        seconds(settings.lastDecrease()),
        0,
        settings.readCapacityUnits(),
        settings.writeCapacityUnits());
  }

  private static @Nullable BillingModeSummary billing(TableSettings settings) {
    return settings.payPerRequestSince() == 0
        ? null
        : new BillingModeSummary(settings.billingMode(), seconds(settings.payPerRequestSince()));
  }

  private static TableWarmThroughputDescription warmThroughput(TableDescriptor table) {
    WarmUnits units = TableSettingsRules.warmUnits(table.settings());
    return new TableWarmThroughputDescription(units.read(), units.write(), table.status());
  }

  static @Nullable Double seconds(long millis) {
    return millis == 0 ? null : millis / MILLIS_PER_SECOND;
  }
}
