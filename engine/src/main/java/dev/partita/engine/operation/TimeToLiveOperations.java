package dev.partita.engine.operation;

import dev.partita.base.Clock;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TimeToLive;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.DescribeTimeToLiveRequest;
import dev.partita.model.api.DescribeTimeToLiveResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.TimeToLiveSpecification;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.model.api.UpdateTimeToLiveRequest;
import dev.partita.model.api.UpdateTimeToLiveResponse;
import org.jspecify.annotations.Nullable;

/**
 * UpdateTimeToLive and DescribeTimeToLive.
 *
 * <p>Source: AWS, "Time to Live"; what is refused and in which order as AWS answers.
 */
final class TimeToLiveOperations {
  private final RequestRouter router;
  private final ControlPlane controlPlane;
  private final Clock clock;

  TimeToLiveOperations(RequestRouter router, ControlPlane controlPlane, Clock clock) {
    this.router = router;
    this.controlPlane = controlPlane;
    this.clock = clock;
  }

  void update(UpdateTimeToLiveRequest request, ApiCallback callback) {
    TimeToLiveSpecification asked = request.timeToLiveSpecification();
    controlPlane.submit(
        () -> {
          TableDescriptor table = existing(request.tableName());
          checkStatus(table);
          long now = clock.wallMillis();
          check(table.derived().timeToLive(), asked, now);
          controlPlane.setTimeToLive(
              table,
              new TimeToLive(
                  asked.attributeName(),
                  asked.enabled() ? TimeToLiveStatus.ENABLING : TimeToLiveStatus.DISABLING,
                  now));
          return new UpdateTimeToLiveResponse(asked);
        },
        callback);
  }

  private TableDescriptor existing(String tableName) {
    TableDescriptor table = router.find(tableName);
    if (table == null) {
      throw OperationErrors.tableNotFound(tableName);
    }
    return table;
  }

  private static void checkStatus(TableDescriptor table) {
    switch (table.status()) {
      case CREATING -> throw inUse(table, "created");
      case DELETING -> throw inUse(table, "deleted");
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> {}
    }
  }

  private static ApiException inUse(TableDescriptor table, String what) {
    return new ApiException(
        new ApiError(
            ErrorType.RESOURCE_IN_USE,
            "Attempt to change a resource which is still in use: Table "
                + table.name()
                + " is being "
                + what));
  }

  private void check(@Nullable TimeToLive present, TimeToLiveSpecification asked, long now) {
    boolean on = false;
    if (present != null && present.marksItems()) {
      on = true;
      if (!present.attribute().equals(asked.attributeName())) {
        throw ApiException.validation(
            "TimeToLive is active on a different AttributeName: current AttributeName is "
                + present.attribute());
      }
    }
    if (on == asked.enabled()) {
      throw ApiException.validation("TimeToLive is already " + (on ? "enabled" : "disabled"));
    }
    if (present != null
        && (isChanging(present)
            || now - present.changed() < controlPlane.settings().timeToLiveInterval().toMillis())) {
      throw ApiException.validation(
          "Time to live has been modified multiple times within a fixed interval");
    }
  }

  private static boolean isChanging(TimeToLive timeToLive) {
    return switch (timeToLive.status()) {
      case ENABLING, DISABLING -> true;
      case ENABLED, DISABLED -> false;
    };
  }

  void describe(DescribeTimeToLiveRequest request, ApiCallback callback) {
    TableDescriptor table = existing(request.tableName());
    switch (table.status()) {
      case CREATING, DELETING ->
          throw ApiException.validation(
              "Cannot describe time to live while table is in "
                  + table.status()
                  + " state: Current table state is "
                  + table.status());
      case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> {}
    }
    TimeToLive timeToLive = table.derived().timeToLive();
    callback.completed(
        timeToLive == null || timeToLive.status() == TimeToLiveStatus.DISABLED
            ? new DescribeTimeToLiveResponse(TimeToLiveStatus.DISABLED, null)
            : new DescribeTimeToLiveResponse(timeToLive.status(), timeToLive.attribute()));
  }
}
