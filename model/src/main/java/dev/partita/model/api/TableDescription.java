package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table as CreateTable, DescribeTable, UpdateTable and DeleteTable tell it. Times are seconds
 * since 1970.
 */
public record TableDescription(
    @Nullable List<AttributeDefinition> attributeDefinitions,
    String tableName,
    @Nullable List<KeySchemaElement> keySchema,
    TableStatus tableStatus,
    @Nullable Double creationDateTime,
    @Nullable ProvisionedThroughputDescription provisionedThroughput,
    long tableSizeBytes,
    long itemCount,
    String tableArn,
    String tableId,
    @Nullable BillingModeSummary billingModeSummary,
    @Nullable List<LocalSecondaryIndexDescription> localSecondaryIndexes,
    @Nullable List<GlobalSecondaryIndexDescription> globalSecondaryIndexes,
    @Nullable StreamSpecification streamSpecification,
    @Nullable String latestStreamLabel,
    @Nullable String latestStreamArn,
    @Nullable SseDescription sseDescription,
    @Nullable TableClassSummary tableClassSummary,
    boolean deletionProtectionEnabled,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable TableWarmThroughputDescription warmThroughput) {}
