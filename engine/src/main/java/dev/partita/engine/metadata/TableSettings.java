package dev.partita.engine.metadata;

import dev.partita.model.api.BillingMode;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.SseType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.WarmThroughput;
import org.jspecify.annotations.Nullable;

/**
 * What UpdateTable can change. Times are milliseconds since 1970, 0 for never.
 *
 * @param readCapacityUnits provisioned units a second, 0 when on demand
 * @param writeCapacityUnits likewise
 * @param payPerRequestSince when the table became on demand, 0 if it never was
 * @param warmThroughput as asked for; null leaves it to the billing mode
 * @param tableClass null until it was set
 * @param sseType null when the table is encrypted with the service's own key
 */
public record TableSettings(
    BillingMode billingMode,
    long readCapacityUnits,
    long writeCapacityUnits,
    long lastIncrease,
    long lastDecrease,
    long payPerRequestSince,
    @Nullable OnDemandThroughput onDemandThroughput,
    @Nullable WarmThroughput warmThroughput,
    @Nullable TableClass tableClass,
    long tableClassUpdated,
    @Nullable SseType sseType,
    @Nullable String kmsMasterKeyArn,
    boolean deletionProtectionEnabled) {}
