package dev.partita.engine.operation;

import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.GlobalIndexDraft;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProvisionedThroughput;
import dev.partita.model.api.WarmThroughput;
import org.jspecify.annotations.Nullable;

/** Throughput of global indexes, which is their own but follows the billing mode of the table. */
final class IndexThroughputRules {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private IndexThroughputRules() {}

  /** An index that comes with a new table. */
  static GlobalIndexDraft draft(
      GlobalSecondaryIndex index,
      KeySchema key,
      ProjectedAttributes projection,
      BillingMode billingMode) {
    boolean given = index.provisionedThroughput() != null;
    switch (billingMode) {
      case PROVISIONED ->
          check(given, "ProvisionedThroughput is not specified for index: " + index.indexName());
      case PAY_PER_REQUEST ->
          check(
              !given,
              "ProvisionedThroughput should not be specified for index: "
                  + index.indexName()
                  + " when BillingMode is PAY_PER_REQUEST");
    }
    return checkedDraft(index, key, projection, billingMode);
  }

  /** An index that is added to a table. */
  static GlobalIndexDraft addedDraft(
      GlobalSecondaryIndex index,
      KeySchema key,
      ProjectedAttributes projection,
      BillingMode billingMode) {
    boolean given = index.provisionedThroughput() != null;
    switch (billingMode) {
      case PROVISIONED ->
          check(
              given,
              "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: "
                  + index.indexName());
      case PAY_PER_REQUEST ->
          check(
              !given,
              "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: "
                  + index.indexName()
                  + " when BillingMode is PAY_PER_REQUEST");
    }
    return checkedDraft(index, key, projection, billingMode);
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw ApiException.validation(INVALID + message);
    }
  }

  private static GlobalIndexDraft checkedDraft(
      GlobalSecondaryIndex index,
      KeySchema key,
      ProjectedAttributes projection,
      BillingMode billingMode) {
    ProvisionedThroughput throughput = index.provisionedThroughput();
    long read = throughput == null ? 0 : throughput.readCapacityUnits();
    long write = throughput == null ? 0 : throughput.writeCapacityUnits();
    OnDemandThroughput bounds =
        ThroughputBounds.create(billingMode, index.onDemandThroughput(), index.indexName());
    WarmUnits.checkCreate(billingMode, read, write, index.warmThroughput(), index.indexName());
    return new GlobalIndexDraft(
        index.indexName(),
        key,
        projection,
        read,
        write,
        bounds,
        index.warmThroughput(),
        PartitionCounts.of(billingMode, read, write));
  }

  /** The billing mode of a table before and after a request, and when that is. */
  record Billing(BillingMode before, BillingMode after, long now) {
    boolean switched() {
      return before != after;
    }
  }

  /**
   * An index after UpdateTable.
   *
   * @param asked what the request says of this index; null if it says nothing
   */
  static GlobalIndexDescriptor update(
      GlobalIndexDescriptor index,
      GlobalSecondaryIndexUpdate.@Nullable Update asked,
      Billing billing) {
    if (asked == null && !billing.switched()) {
      return index;
    }
    ProvisionedThroughput throughput = asked == null ? null : asked.provisionedThroughput();
    checkThroughput(index, throughput, asked, billing);
    WarmThroughput askedWarm = asked == null ? null : asked.warmThroughput();
    WarmUnits warm = warmUnits(index, billing.before);
    warm.checkUpdate(askedWarm, index.name());
    OnDemandThroughput bounds =
        ThroughputBounds.update(
            billing.after,
            billing.switched() ? null : index.onDemandThroughput(),
            asked == null ? null : asked.onDemandThroughput(),
            index.name());
    boolean provisioned = billing.after == BillingMode.PROVISIONED;
    long read = provisioned ? index.readCapacityUnits() : 0;
    long write = provisioned ? index.writeCapacityUnits() : 0;
    if (throughput != null) {
      read = throughput.readCapacityUnits();
      write = throughput.writeCapacityUnits();
    }
    boolean provisionedBefore = provisioned && !billing.switched();
    boolean increased = read > index.readCapacityUnits() || write > index.writeCapacityUnits();
    boolean decreased = read < index.readCapacityUnits() || write < index.writeCapacityUnits();
    GlobalIndexDescriptor changed =
        index.withThroughput(
            read,
            write,
            provisionedBefore && increased ? billing.now : index.lastIncrease(),
            provisionedBefore && decreased ? billing.now : index.lastDecrease(),
            bounds,
            warm.kept(billing.after, read, write, askedWarm));
    return changed.status() == IndexStatus.ACTIVE
        ? changed.withStatus(IndexStatus.UPDATING, false)
        : changed;
  }

  private static WarmUnits warmUnits(GlobalIndexDescriptor index, BillingMode billingMode) {
    return WarmUnits.of(
        billingMode, index.readCapacityUnits(), index.writeCapacityUnits(), index.warmThroughput());
  }

  private static void checkThroughput(
      GlobalIndexDescriptor index,
      @Nullable ProvisionedThroughput throughput,
      GlobalSecondaryIndexUpdate.@Nullable Update asked,
      Billing billing) {
    switch (billing.after) {
      case PAY_PER_REQUEST ->
          check(
              throughput == null,
              "The only Updates for index: "
                  + index.name()
                  + " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput,"
                  + " WarmThroughput");
      case PROVISIONED -> {
        check(
            throughput != null || !billing.switched(),
            "ProvisionedThroughput must be specified for index: " + index.name());
        boolean changesOther =
            asked != null && (asked.warmThroughput() != null || asked.onDemandThroughput() != null);
        check(
            throughput != null || changesOther,
            "Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: "
                + index.name());
        if (throughput != null && !billing.switched()) {
          checkChanges(index, throughput);
        }
      }
    }
  }

  private static void checkChanges(GlobalIndexDescriptor index, ProvisionedThroughput throughput) {
    if (throughput.readCapacityUnits() == index.readCapacityUnits()
        && throughput.writeCapacityUnits() == index.writeCapacityUnits()) {
      throw ApiException.validation(
          "The provisioned throughput for the index "
              + index.name()
              + " will not change. The requested value equals the current value. Current"
              + " ReadCapacityUnits provisioned for index "
              + index.name()
              + ": "
              + index.readCapacityUnits()
              + ". Requested ReadCapacityUnits: "
              + throughput.readCapacityUnits()
              + ". Current WriteCapacityUnits provisioned for index "
              + index.name()
              + ": "
              + index.writeCapacityUnits()
              + ". Requested WriteCapacityUnits: "
              + throughput.writeCapacityUnits()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }
}
