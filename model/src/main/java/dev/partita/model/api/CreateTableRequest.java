package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** CreateTable. */
public record CreateTableRequest(
    String tableName,
    @Nullable List<AttributeDefinition> attributeDefinitions,
    @Nullable List<KeySchemaElement> keySchema,
    @Nullable List<LocalSecondaryIndex> localSecondaryIndexes,
    @Nullable List<GlobalSecondaryIndex> globalSecondaryIndexes,
    @Nullable BillingMode billingMode,
    @Nullable ProvisionedThroughput provisionedThroughput,
    @Nullable StreamSpecification streamSpecification,
    @Nullable SseSpecification sseSpecification,
    @Nullable List<Tag> tags,
    @Nullable TableClass tableClass,
    @Nullable Boolean deletionProtectionEnabled,
    @Nullable WarmThroughput warmThroughput,
    @Nullable OnDemandThroughput onDemandThroughput)
    implements ApiRequest {}
