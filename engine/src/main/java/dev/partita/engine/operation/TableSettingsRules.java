package dev.partita.engine.operation;

import dev.partita.engine.metadata.TableSettings;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.ProvisionedThroughput;
import dev.partita.model.api.SseSpecification;
import dev.partita.model.api.SseType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.WarmThroughput;
import org.jspecify.annotations.Nullable;

/** What CreateTable and UpdateTable accept as settings, and what becomes of them. */
final class TableSettingsRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final long NO_BOUND = -1;

  private final ServerIdentity identity;

  TableSettingsRules(ServerIdentity identity) {
    this.identity = identity;
  }

  /** The settings of a new table. */
  TableSettings create(CreateTableRequest request, long now) {
    BillingMode billingMode =
        request.billingMode() == null ? BillingMode.PROVISIONED : request.billingMode();
    ProvisionedThroughput throughput = request.provisionedThroughput();
    boolean onDemand = billingMode == BillingMode.PAY_PER_REQUEST;
    checkThroughput(billingMode, throughput);
    checkOnDemandThroughput(billingMode, request.onDemandThroughput());
    Encryption encryption = encryption(request.sseSpecification(), new Encryption(null, null));
    TableClass tableClass = request.tableClass();
    return new TableSettings(
        billingMode,
        throughput == null ? 0 : throughput.readCapacityUnits(),
        throughput == null ? 0 : throughput.writeCapacityUnits(),
        0,
        0,
        onDemand ? now : 0,
        bounds(null, request.onDemandThroughput()),
        request.warmThroughput(),
        tableClass,
        tableClass == null ? 0 : now,
        encryption.type,
        encryption.keyArn,
        Boolean.TRUE.equals(request.deletionProtectionEnabled()));
  }

  private static void checkThroughput(
      BillingMode billingMode, @Nullable ProvisionedThroughput throughput) {
    switch (billingMode) {
      case PAY_PER_REQUEST -> {
        if (throughput != null) {
          throw ApiException.validation(
              INVALID
                  + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
                  + " BillingMode is PAY_PER_REQUEST");
        }
      }
      case PROVISIONED -> {
        if (throughput == null) {
          throw ApiException.validation(
              INVALID
                  + "ReadCapacityUnits and WriteCapacityUnits must both be specified when"
                  + " BillingMode is PROVISIONED");
        }
      }
    }
  }

  private static void checkOnDemandThroughput(
      BillingMode billingMode, @Nullable OnDemandThroughput bounds) {
    if (bounds == null) {
      return;
    }
    if (billingMode == BillingMode.PROVISIONED) {
      throw ApiException.validation(
          INVALID + "OnDemandThroughput cannot be specified when BillingMode is PROVISIONED");
    }
    checkBound("MaxReadRequestUnits", bounds.maxReadRequestUnits());
    checkBound("MaxWriteRequestUnits", bounds.maxWriteRequestUnits());
  }

  private static void checkBound(String name, @Nullable Long bound) {
    if (bound != null && bound < 1 && bound != NO_BOUND) {
      throw ApiException.validation(
          INVALID + name + " for OnDemandThroughput must be at least 1, or -1 to remove it");
    }
  }

  /** Merges by member; -1 removes a bound. */
  private static @Nullable OnDemandThroughput bounds(
      @Nullable OnDemandThroughput present, @Nullable OnDemandThroughput asked) {
    if (asked == null) {
      return present;
    }
    Long read =
        bound(present == null ? null : present.maxReadRequestUnits(), asked.maxReadRequestUnits());
    Long write =
        bound(
            present == null ? null : present.maxWriteRequestUnits(), asked.maxWriteRequestUnits());
    return read == null && write == null ? null : new OnDemandThroughput(read, write);
  }

  private static @Nullable Long bound(@Nullable Long present, @Nullable Long asked) {
    if (asked == null) {
      return present;
    }
    return asked == NO_BOUND ? null : asked;
  }

  private record Encryption(@Nullable SseType type, @Nullable String keyArn) {}

  private Encryption encryption(@Nullable SseSpecification asked, Encryption present) {
    if (asked == null) {
      return present;
    }
    if (!Boolean.TRUE.equals(asked.enabled())) {
      if (asked.sseType() != null || asked.kmsMasterKeyId() != null) {
        throw ApiException.validation(
            INVALID + "SSEType and KMSMasterKeyId can be specified only when SSE is enabled");
      }
      return new Encryption(null, null);
    }
    if (asked.sseType() == SseType.AES256) {
      throw ApiException.validation(INVALID + "SSEType AES256 is not supported, use KMS instead");
    }
    String key = asked.kmsMasterKeyId() == null ? "alias/aws/dynamodb" : asked.kmsMasterKeyId();
    String arn =
        key.startsWith("arn:")
            ? key
            : "arn:aws:kms:" + identity.region() + ":" + identity.accountId() + ":" + resource(key);
    return new Encryption(SseType.KMS, arn);
  }

  private static String resource(String key) {
    return key.startsWith("alias/") ? key : "key/" + key;
  }

  /** The settings after UpdateTable. */
  TableSettings update(TableSettings present, UpdateTableRequest request, long now) {
    checkChangesSomething(request);
    BillingMode billingMode =
        request.billingMode() == null ? present.billingMode() : request.billingMode();
    boolean switched = billingMode != present.billingMode();
    boolean onDemand = billingMode == BillingMode.PAY_PER_REQUEST;
    ProvisionedThroughput throughput = request.provisionedThroughput();
    if (throughput != null || switched) {
      checkThroughput(billingMode, throughput);
    }
    checkOnDemandThroughput(billingMode, request.onDemandThroughput());
    long read = onDemand ? 0 : present.readCapacityUnits();
    long write = onDemand ? 0 : present.writeCapacityUnits();
    if (throughput != null) {
      checkChanges(throughput, present, switched);
      read = throughput.readCapacityUnits();
      write = throughput.writeCapacityUnits();
    }
    boolean provisionedBefore = present.billingMode() == BillingMode.PROVISIONED;
    boolean increased = read > present.readCapacityUnits() || write > present.writeCapacityUnits();
    boolean decreased = read < present.readCapacityUnits() || write < present.writeCapacityUnits();
    Encryption encryption =
        encryption(
            request.sseSpecification(),
            new Encryption(present.sseType(), present.kmsMasterKeyArn()));
    TableClass tableClass = request.tableClass();
    return new TableSettings(
        billingMode,
        read,
        write,
        !onDemand && provisionedBefore && increased ? now : present.lastIncrease(),
        !onDemand && provisionedBefore && decreased ? now : present.lastDecrease(),
        onDemand && switched ? now : present.payPerRequestSince(),
        switched
            ? bounds(null, request.onDemandThroughput())
            : bounds(present.onDemandThroughput(), request.onDemandThroughput()),
        warm(present.warmThroughput(), request.warmThroughput()),
        tableClass == null ? present.tableClass() : tableClass,
        tableClass == null ? present.tableClassUpdated() : now,
        encryption.type,
        encryption.keyArn,
        request.deletionProtectionEnabled() == null
            ? present.deletionProtectionEnabled()
            : request.deletionProtectionEnabled());
  }

  private static void checkChangesSomething(UpdateTableRequest request) {
    if (request.billingMode() == null
        && request.provisionedThroughput() == null
        && request.sseSpecification() == null
        && request.tableClass() == null
        && request.deletionProtectionEnabled() == null
        && request.warmThroughput() == null
        && request.onDemandThroughput() == null) {
      throw ApiException.validation(
          "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled,"
              + " GlobalSecondaryIndexUpdates or SSESpecification or ReplicaUpdates is required");
    }
  }

  private static void checkChanges(
      ProvisionedThroughput throughput, TableSettings present, boolean switched) {
    if (!switched
        && throughput.readCapacityUnits() == present.readCapacityUnits()
        && throughput.writeCapacityUnits() == present.writeCapacityUnits()) {
      throw ApiException.validation(
          "The provisioned throughput for the table will not change. The requested value equals"
              + " the current value. Current ReadCapacityUnits provisioned for the table: "
              + present.readCapacityUnits()
              + ". Requested ReadCapacityUnits: "
              + throughput.readCapacityUnits()
              + ". Current WriteCapacityUnits provisioned for the table: "
              + present.writeCapacityUnits()
              + ". Requested WriteCapacityUnits: "
              + throughput.writeCapacityUnits()
              + ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to"
              + " request higher limits.");
    }
  }

  private static @Nullable WarmThroughput warm(
      @Nullable WarmThroughput present, @Nullable WarmThroughput asked) {
    if (asked == null || present == null) {
      return asked == null ? present : asked;
    }
    return new WarmThroughput(
        asked.readUnitsPerSecond() == null
            ? present.readUnitsPerSecond()
            : asked.readUnitsPerSecond(),
        asked.writeUnitsPerSecond() == null
            ? present.writeUnitsPerSecond()
            : asked.writeUnitsPerSecond());
  }
}
