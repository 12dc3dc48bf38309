package dev.partita.model.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** UpdateTable. */
public record UpdateTableRequest(
    String tableName,
    @Nullable List<AttributeDefinition> attributeDefinitions,
    @Nullable BillingMode billingMode,
    @Nullable ProvisionedThroughput provisionedThroughput,
    @Nullable List<GlobalSecondaryIndexUpdate> globalSecondaryIndexUpdates,
    @Nullable StreamSpecification streamSpecification,
    @Nullable SseSpecification sseSpecification,
    @Nullable TableClass tableClass,
    @Nullable Boolean deletionProtectionEnabled,
    @Nullable WarmThroughput warmThroughput,
    @Nullable OnDemandThroughput onDemandThroughput)
    implements ApiRequest {}
