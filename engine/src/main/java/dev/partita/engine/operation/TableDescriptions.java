package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TableSettings;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.BillingModeSummary;
import dev.partita.model.api.KeySchemaElement;
import dev.partita.model.api.ProvisionedThroughputDescription;
import dev.partita.model.api.SseDescription;
import dev.partita.model.api.TableClassSummary;
import dev.partita.model.api.TableDescription;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.TableWarmThroughputDescription;
import dev.partita.model.api.WarmThroughput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables as clients see them. */
final class TableDescriptions {
  private static final double MILLIS_PER_SECOND = 1000.0;

  /** What a new on-demand table takes at once. */
  private static final long ON_DEMAND_READ_UNITS = 12_000;

  private static final long ON_DEMAND_WRITE_UNITS = 4_000;

  private final RequestRouter router;
  private final ServerIdentity identity;

  TableDescriptions(RequestRouter router, ServerIdentity identity) {
    this.router = router;
    this.identity = identity;
  }

  TableDescription of(TableDescriptor table) {
    return of(table, router.counters(table.partitionMap()));
  }

  /** A table whose items may be gone already, with the counts from before. */
  TableDescription of(TableDescriptor table, PartitionCounters counters) {
    boolean going = table.status() == TableStatus.DELETING;
    TableSettings settings = table.settings();
    return new TableDescription(
        going ? null : attributeDefinitions(table),
        table.name(),
        going ? null : keySchema(table),
        table.status(),
        going ? null : seconds(table.created()),
        throughput(settings),
        counters.itemBytes(),
        counters.itemCount(),
        identity.tableArn(table.name()),
        table.uuid(),
        billing(settings),
        null,
        null,
        null,
        null,
        null,
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

  private static List<AttributeDefinition> attributeDefinitions(TableDescriptor table) {
    return table.keySchema().attributes().stream()
        .map(attribute -> new AttributeDefinition(attribute.name(), attribute.type()))
        .toList();
  }

  private static List<KeySchemaElement> keySchema(TableDescriptor table) {
    return table.keySchema().attributes().stream()
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
    TableSettings settings = table.settings();
    boolean onDemand = settings.billingMode() == BillingMode.PAY_PER_REQUEST;
    long read = onDemand ? ON_DEMAND_READ_UNITS : settings.readCapacityUnits();
    long write = onDemand ? ON_DEMAND_WRITE_UNITS : settings.writeCapacityUnits();
    WarmThroughput asked = settings.warmThroughput();
    if (asked != null) {
      read = Math.max(read, asked.readUnitsPerSecond() == null ? 0 : asked.readUnitsPerSecond());
      write =
          Math.max(write, asked.writeUnitsPerSecond() == null ? 0 : asked.writeUnitsPerSecond());
    }
    return new TableWarmThroughputDescription(read, write, table.status());
  }

  private static @Nullable Double seconds(long millis) {
    return millis == 0 ? null : millis / MILLIS_PER_SECOND;
  }
}
