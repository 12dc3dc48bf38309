package dev.partita.engine.operation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.UpdateTableRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What UpdateTable refuses whatever the table is like. AWS takes one change at a time: few members
 * of a request go together.
 */
final class UpdateTableRules {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private UpdateTableRules() {}

  static void check(UpdateTableRequest request) {
    checkChangesSomething(request);
    checkSingleChange(request);
    List<GlobalSecondaryIndexUpdate> updates = request.globalSecondaryIndexUpdates();
    if (updates != null) {
      checkIndexUpdates(updates);
      checkGoesWithIndexes(request, updates);
    }
    if (request.streamSpecification() != null) {
      if (request.provisionedThroughput() != null
          || request.billingMode() == BillingMode.PROVISIONED) {
        throw ApiException.validation(
            INVALID + "You cannot modify stream status while updating table IOPS");
      }
      StreamRules.checkUpdate(request.streamSpecification());
    }
    if (request.billingMode() == BillingMode.PROVISIONED
        && request.provisionedThroughput() == null) {
      throw ApiException.validation(
          INVALID + "ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }
    if (request.billingMode() != null) {
      TableSettingsRules.checkThroughput(request.billingMode(), request.provisionedThroughput());
    }
  }

  private static boolean changesIndexes(UpdateTableRequest request) {
    return request.globalSecondaryIndexUpdates() != null
        && !request.globalSecondaryIndexUpdates().isEmpty();
  }

  private static void checkChangesSomething(UpdateTableRequest request) {
    if (request.billingMode() == null
        && request.provisionedThroughput() == null
        && request.streamSpecification() == null
        && request.sseSpecification() == null
        && request.tableClass() == null
        && request.deletionProtectionEnabled() == null
        && request.warmThroughput() == null
        && request.onDemandThroughput() == null
        && !changesIndexes(request)) {
      throw ApiException.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates, SSESpecification, ReplicaUpdates,"
              + " MultiAccountReplicaReady, ReplicaTransitRoleArn, MultiRegionConsistency,"
              + " DeletionProtectionEnabled, OnDemandThroughput, WarmThroughput or TableClass is"
              + " required");
    }
  }

  private static void checkSingleChange(UpdateTableRequest request) {
    int changes = count(request);
    checkAlone(
        request.sseSpecification() != null && changes > 1,
        "Server-Side Encryption modification must be the only operation in the request");
    checkAlone(
        request.tableClass() != null && changes > 1,
        "TableClass modification must be the only operation in the request");
    checkAlone(
        request.deletionProtectionEnabled() != null && changes > 1,
        "DeletionProtection modification must be the only operation in the request");
    checkAlone(
        request.warmThroughput() != null && createsIndex(request),
        "Create global secondary index cannot be specified when updating WarmThroughput");
    checkAlone(
        request.onDemandThroughput() != null && changes > (request.billingMode() == null ? 1 : 2),
        "OnDemandThroughput can only be combined with BillingMode in an UpdateTable request");
    checkAlone(
        request.warmThroughput() != null && changes > 1,
        "WarmThroughput must be the only operation in the request");
  }

  private static int count(UpdateTableRequest request) {
    int changes = changesIndexes(request) ? 1 : 0;
    for (boolean given :
        new boolean[] {
          request.billingMode() != null,
          request.provisionedThroughput() != null,
          request.streamSpecification() != null,
          request.sseSpecification() != null,
          request.tableClass() != null,
          request.deletionProtectionEnabled() != null,
          request.warmThroughput() != null,
          request.onDemandThroughput() != null
        }) {
      changes += given ? 1 : 0;
    }
    return changes;
  }

  private static boolean createsIndex(UpdateTableRequest request) {
    return request.globalSecondaryIndexUpdates() != null
        && request.globalSecondaryIndexUpdates().stream()
            .anyMatch(update -> update.create() != null);
  }

  private static void checkAlone(boolean isNot, String message) {
    if (isNot) {
      throw ApiException.validation(INVALID + message);
    }
  }

  private static void checkIndexUpdates(List<GlobalSecondaryIndexUpdate> updates) {
    if (updates.isEmpty()) {
      throw ApiException.validation(INVALID + "List of GlobalSecondaryIndexUpdates is empty");
    }
    for (GlobalSecondaryIndexUpdate update : updates) {
      int actions =
          (update.update() == null ? 0 : 1)
              + (update.create() == null ? 0 : 1)
              + (update.delete() == null ? 0 : 1);
      if (actions == 0) {
        throw ApiException.validation(
            INVALID
                + "One of GlobalSecondaryIndexUpdate.Update, GlobalSecondaryIndexUpdate.Create,"
                + " GlobalSecondaryIndexUpdate.Delete must not be null");
      }
      if (actions > 1) {
        throw ApiException.validation(
            INVALID
                + "Only one global secondary index action is allowed per"
                + " GlobalSecondaryIndexUpdate object");
      }
    }
    Set<String> names = new HashSet<>();
    for (GlobalSecondaryIndexUpdate update : updates) {
      String name = indexName(update);
      if (!names.add(name)) {
        throw ApiException.validation(
            INVALID
                + "Only one global secondary index update per index is allowed simultaneously."
                + " Index: "
                + name);
      }
    }
  }

  private static String indexName(GlobalSecondaryIndexUpdate update) {
    if (update.create() != null) {
      return update.create().indexName();
    }
    if (update.delete() != null) {
      return update.delete().indexName();
    }
    return update.update() == null ? "" : update.update().indexName();
  }

  private static void checkGoesWithIndexes(
      UpdateTableRequest request, List<GlobalSecondaryIndexUpdate> updates) {
    if (updates.stream().noneMatch(update -> update.create() != null || update.delete() != null)) {
      return;
    }
    if (request.provisionedThroughput() != null) {
      throw ApiException.validation(
          INVALID + "You cannot create or delete index while updating table IOPS");
    }
    if (request.streamSpecification() != null) {
      throw ApiException.validation(
          INVALID + "You cannot create or delete index while changing stream status");
    }
  }
}
