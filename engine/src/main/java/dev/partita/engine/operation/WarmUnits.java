package dev.partita.engine.operation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.WarmThroughput;
import org.jspecify.annotations.Nullable;

/**
 * The units a second that a table or global index can take at once. They follow from the throughput
 * and can be raised; once reached they never fall.
 */
record WarmUnits(long read, long write) {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final String READ = "ReadUnitsPerSecond";
  private static final String WRITE = "WriteUnitsPerSecond";

  /** What a new on-demand table or index takes at once. */
  private static final WarmUnits ON_DEMAND = new WarmUnits(12_000, 4_000);

  /** Those of a table or index; {@code warm} is what it was raised to, null if it never was. */
  static WarmUnits of(
      BillingMode billingMode,
      long readCapacityUnits,
      long writeCapacityUnits,
      @Nullable WarmThroughput warm) {
    WarmUnits units = initial(billingMode, readCapacityUnits, writeCapacityUnits);
    return warm == null ? units : units.raisedTo(warm);
  }

  private static WarmUnits initial(BillingMode billingMode, long read, long write) {
    return switch (billingMode) {
      case PAY_PER_REQUEST -> ON_DEMAND;
      case PROVISIONED -> new WarmUnits(read, write);
    };
  }

  private WarmUnits raisedTo(WarmThroughput warm) {
    return new WarmUnits(
        Math.max(read, warm.readUnitsPerSecond() == null ? 0 : warm.readUnitsPerSecond()),
        Math.max(write, warm.writeUnitsPerSecond() == null ? 0 : warm.writeUnitsPerSecond()));
  }

  /** Checks what a new table, or an index ({@code indexName}) that comes with it, is to take. */
  static void checkCreate(
      BillingMode billingMode,
      long readCapacityUnits,
      long writeCapacityUnits,
      @Nullable WarmThroughput asked,
      @Nullable String indexName) {
    WarmUnits initial = initial(billingMode, readCapacityUnits, writeCapacityUnits);
    boolean onDemand = billingMode == BillingMode.PAY_PER_REQUEST;
    initial.checkNotLower(
        asked,
        indexName,
        onDemand ? "initial throughput for OnDemand" : "ReadCapacityUnits of ProvisionedThroughput",
        onDemand
            ? "initial throughput for OnDemand"
            : "WriteCapacityUnits of ProvisionedThroughput");
  }

  /** Checks what UpdateTable asks for against what there is. */
  void checkUpdate(@Nullable WarmThroughput asked, @Nullable String indexName) {
    String current = "current WarmThroughput, decreasing WarmThroughput is not supported";
    checkNotLower(asked, indexName, current, current);
  }

  private void checkNotLower(
      @Nullable WarmThroughput asked,
      @Nullable String indexName,
      String readLimit,
      String writeLimit) {
    if (asked != null) {
      checkNotLower(READ, asked.readUnitsPerSecond(), read, indexName, readLimit);
      checkNotLower(WRITE, asked.writeUnitsPerSecond(), write, indexName, writeLimit);
    }
  }

  private static void checkNotLower(
      String member, @Nullable Long asked, long least, @Nullable String indexName, String limit) {
    if (asked != null && asked < least) {
      throw ApiException.validation(
          INVALID
              + "Requested "
              + member
              + " for WarmThroughput for "
              + (indexName == null ? "table" : "index " + indexName)
              + " is lower than "
              + limit);
    }
  }

  /**
   * What to remember after a change of billing mode or throughput: these units, raised to what is
   * asked for, if the new throughput alone does not give them.
   */
  @Nullable WarmThroughput kept(
      BillingMode billingMode,
      long readCapacityUnits,
      long writeCapacityUnits,
      @Nullable WarmThroughput asked) {
    WarmUnits units = asked == null ? this : raisedTo(asked);
    WarmUnits given = initial(billingMode, readCapacityUnits, writeCapacityUnits);
    return units.read <= given.read && units.write <= given.write
        ? null
        : new WarmThroughput(units.read, units.write);
  }
}
