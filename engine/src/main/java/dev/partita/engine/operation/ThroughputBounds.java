package dev.partita.engine.operation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.OnDemandThroughput;
import org.jspecify.annotations.Nullable;

/**
 * OnDemandThroughput: the most request units a second, of a table or of a global index. A bound is
 * at least 1; UpdateTable takes -1 to remove one.
 */
final class ThroughputBounds {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final long NO_BOUND = -1;

  private ThroughputBounds() {}

  /** Checks those of a new table, or of an index ({@code indexName}) that comes with it. */
  static @Nullable OnDemandThroughput create(
      BillingMode billingMode, @Nullable OnDemandThroughput asked, @Nullable String indexName) {
    if (asked == null || !asksForSomething(asked)) {
      return null;
    }
    if (billingMode == BillingMode.PROVISIONED) {
      throw ApiException.validation(
          INVALID
              + firstMember(asked)
              + " for OnDemandThroughput "
              + (indexName == null ? "" : "for index: " + indexName + " ")
              + "cannot be specified when table BillingMode is PROVISIONED.");
    }
    checkRange("MaxReadRequestUnits", asked.maxReadRequestUnits(), false, indexName);
    checkRange("MaxWriteRequestUnits", asked.maxWriteRequestUnits(), false, indexName);
    return asked;
  }

  /**
   * The bounds after UpdateTable: merged by member.
   *
   * @param present null if there are none, or if the billing mode changes with the request
   */
  static @Nullable OnDemandThroughput update(
      BillingMode billingMode,
      @Nullable OnDemandThroughput present,
      @Nullable OnDemandThroughput asked,
      @Nullable String indexName) {
    if (asked == null || !asksForSomething(asked)) {
      return present;
    }
    if (billingMode == BillingMode.PROVISIONED) {
      throw ApiException.validation(
          INVALID
              + firstMember(asked)
              + " for OnDemandThroughput "
              + (indexName == null ? "" : "for index : " + indexName + " ")
              + "cannot be specified when the table BillingMode is PROVISIONED");
    }
    checkRange("MaxReadRequestUnits", asked.maxReadRequestUnits(), true, indexName);
    checkRange("MaxWriteRequestUnits", asked.maxWriteRequestUnits(), true, indexName);
    Long read =
        merge(present == null ? null : present.maxReadRequestUnits(), asked.maxReadRequestUnits());
    Long write =
        merge(
            present == null ? null : present.maxWriteRequestUnits(), asked.maxWriteRequestUnits());
    return read == null && write == null ? null : new OnDemandThroughput(read, write);
  }

  private static boolean asksForSomething(OnDemandThroughput asked) {
    return asked.maxReadRequestUnits() != null || asked.maxWriteRequestUnits() != null;
  }

  private static String firstMember(OnDemandThroughput asked) {
    return asked.maxReadRequestUnits() != null ? "MaxReadRequestUnits" : "MaxWriteRequestUnits";
  }

  private static void checkRange(
      String member, @Nullable Long bound, boolean mayRemove, @Nullable String indexName) {
    if (bound != null && bound < 1 && !(mayRemove && bound == NO_BOUND)) {
      throw ApiException.validation(
          INVALID
              + "Requested "
              + member
              + " for OnDemandThroughput for "
              + (indexName == null ? "table" : "index : " + indexName)
              + " is outside of valid range");
    }
  }

  private static @Nullable Long merge(@Nullable Long present, @Nullable Long asked) {
    if (asked == null) {
      return present;
    }
    return asked == NO_BOUND ? null : asked;
  }
}
