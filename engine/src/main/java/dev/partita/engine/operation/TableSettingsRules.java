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
import org.jspecify.annotations.Nullable;

/** What CreateTable and UpdateTable accept as settings, and what becomes of them. */
final class TableSettingsRules {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final long UNITS_MAX = 1_000_000_000_000L;

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
    if (!onDemand && throughput == null) {
      throw ApiException.validation(
          INVALID
              + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode"
              + " is PROVISIONED");
    }
    checkThroughput(billingMode, throughput);
    long read = throughput == null ? 0 : throughput.readCapacityUnits();
    long write = throughput == null ? 0 : throughput.writeCapacityUnits();
    OnDemandThroughput bounds =
        ThroughputBounds.create(billingMode, request.onDemandThroughput(), null);
    WarmUnits.checkCreate(billingMode, read, write, request.warmThroughput(), null);
    Encryption encryption = encryption(request.sseSpecification(), new Encryption(null, null));
    TableClass tableClass = request.tableClass();
    return new TableSettings(
        billingMode,
        read,
        write,
        0,
        0,
        onDemand ? now : 0,
        bounds,
        request.warmThroughput(),
        tableClass,
        tableClass == null ? 0 : now,
        encryption.type,
        encryption.keyArn,
        Boolean.TRUE.equals(request.deletionProtectionEnabled()));
  }

  /** Throughput is told for provisioned tables only; how much has a limit. */
  static void checkThroughput(BillingMode billingMode, @Nullable ProvisionedThroughput throughput) {
    if (throughput == null) {
      return;
    }
    if (billingMode == BillingMode.PAY_PER_REQUEST) {
      throw ApiException.validation(
          INVALID
              + "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when"
              + " BillingMode is PAY_PER_REQUEST");
    }
    checkUnits("ReadCapacityUnits", throughput.readCapacityUnits());
    checkUnits("WriteCapacityUnits", throughput.writeCapacityUnits());
  }

  private static void checkUnits(String member, long units) {
    if (units > UNITS_MAX) {
      throw ApiException.validation(
          "Given value " + units + " for " + member + " is out of bounds");
    }
  }

  private record Encryption(@Nullable SseType type, @Nullable String keyArn) {}

  private Encryption encryption(@Nullable SseSpecification asked, Encryption present) {
    if (asked == null) {
      return present;
    }
    if (!Boolean.TRUE.equals(asked.enabled())) {
      if (asked.sseType() != null || asked.kmsMasterKeyId() != null) {
        throw ApiException.validation(
            INVALID
                + (asked.sseType() == null ? "KMSMasterKeyId" : "SSEType")
                + " can not be specified if Enabled is false");
      }
      return new Encryption(null, null);
    }
    if (asked.sseType() == SseType.AES256) {
      throw ApiException.validation(INVALID + "SSEType AES256 is not supported");
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

  /** The billing mode of a table after UpdateTable. */
  static BillingMode billingModeAfter(TableSettings present, UpdateTableRequest request) {
    return request.billingMode() == null ? present.billingMode() : request.billingMode();
  }

  /** The settings after UpdateTable. */
  TableSettings update(TableSettings present, UpdateTableRequest request, long now) {
    BillingMode billingMode = billingModeAfter(present, request);
    boolean switched = billingMode != present.billingMode();
    boolean onDemand = billingMode == BillingMode.PAY_PER_REQUEST;
    ProvisionedThroughput throughput = request.provisionedThroughput();
    checkThroughput(billingMode, throughput);
    OnDemandThroughput bounds =
        ThroughputBounds.update(
            billingMode,
            switched ? null : present.onDemandThroughput(),
            request.onDemandThroughput(),
            null);
    long read = onDemand ? 0 : present.readCapacityUnits();
    long write = onDemand ? 0 : present.writeCapacityUnits();
    if (throughput != null) {
      checkChanges(throughput, present, switched);
      read = throughput.readCapacityUnits();
      write = throughput.writeCapacityUnits();
    }
    WarmUnits warm = warmUnits(present);
    warm.checkUpdate(request.warmThroughput(), null);
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
        bounds,
        warm.kept(billingMode, read, write, request.warmThroughput()),
        tableClass == null ? present.tableClass() : tableClass,
        tableClass == null ? present.tableClassUpdated() : now,
        encryption.type,
        encryption.keyArn,
        request.deletionProtectionEnabled() == null
            ? present.deletionProtectionEnabled()
            : request.deletionProtectionEnabled());
  }

  /** What a table takes at once. */
  static WarmUnits warmUnits(TableSettings settings) {
    return WarmUnits.of(
        settings.billingMode(),
        settings.readCapacityUnits(),
        settings.writeCapacityUnits(),
        settings.warmThroughput());
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
}
