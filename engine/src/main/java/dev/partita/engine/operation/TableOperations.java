package dev.partita.engine.operation;

import dev.partita.base.Clock;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TableSettings;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.CreateTableRequest;
import dev.partita.model.api.CreateTableResponse;
import dev.partita.model.api.DeleteTableRequest;
import dev.partita.model.api.DeleteTableResponse;
import dev.partita.model.api.DescribeTableRequest;
import dev.partita.model.api.DescribeTableResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.ListTablesRequest;
import dev.partita.model.api.ListTablesResponse;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.UpdateTableRequest;
import dev.partita.model.api.UpdateTableResponse;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** CreateTable, DescribeTable, UpdateTable, DeleteTable and ListTables. */
final class TableOperations {
  private static final int TABLES_MAX = 10_000;
  private static final int LIST_LIMIT_DEFAULT = 100;
  private static final int ON_DEMAND_PARTITIONS = 4;
  private static final long PARTITION_READ_UNITS = 3_000;
  private static final long PARTITION_WRITE_UNITS = 1_000;
  private static final int PARTITIONS_MAX = 1_000;

  private final TableCatalog catalog;
  private final RequestRouter router;
  private final ControlPlane controlPlane;
  private final TableDescriptions descriptions;
  private final TableSettingsRules settingsRules;
  private final Clock clock;

  TableOperations(
      TableCatalog catalog,
      RequestRouter router,
      ControlPlane controlPlane,
      TableDescriptions descriptions,
      TableSettingsRules settingsRules,
      Clock clock) {
    this.catalog = catalog;
    this.router = router;
    this.controlPlane = controlPlane;
    this.descriptions = descriptions;
    this.settingsRules = settingsRules;
    this.clock = clock;
  }

  void create(CreateTableRequest request, ApiCallback callback) {
    KeySchema keySchema = TableSchemas.of(request.keySchema(), request.attributeDefinitions());
    long now = clock.wallMillis();
    TableSettings settings = settingsRules.create(request, now);
    Map<String, String> tags =
        TagRules.merge(Map.of(), request.tags() == null ? List.of() : request.tags());
    controlPlane.submit(
        () -> {
          if (catalog.find(request.tableName()) != null) {
            throw new ApiException(
                new ApiError(
                    ErrorType.RESOURCE_IN_USE, "Table already exists: " + request.tableName()));
          }
          if (catalog.tables().size() >= TABLES_MAX) {
            throw new ApiException(
                new ApiError(
                    ErrorType.LIMIT_EXCEEDED,
                    "Subscriber limit exceeded: There is a limit of "
                        + TABLES_MAX
                        + " tables per account"));
          }
          TableDescriptor created =
              controlPlane.create(
                  request.tableName(), keySchema, settings, tags, partitionCount(settings), now);
          return new CreateTableResponse(descriptions.of(created));
        },
        callback);
  }

  /** As many partitions as the throughput needs; an on-demand table starts with four. */
  private static int partitionCount(TableSettings settings) {
    if (settings.billingMode() == BillingMode.PAY_PER_REQUEST) {
      return ON_DEMAND_PARTITIONS;
    }
    double needed =
        (double) settings.readCapacityUnits() / PARTITION_READ_UNITS
            + (double) settings.writeCapacityUnits() / PARTITION_WRITE_UNITS;
    return (int) Math.clamp(Math.ceil(needed), 1, PARTITIONS_MAX);
  }

  void describe(DescribeTableRequest request, ApiCallback callback) {
    callback.completed(new DescribeTableResponse(descriptions.of(existing(request.tableName()))));
  }

  void update(UpdateTableRequest request, ApiCallback callback) {
    controlPlane.submit(
        () -> {
          TableDescriptor table = changeable(request.tableName());
          TableSettings settings =
              settingsRules.update(table.settings(), request, clock.wallMillis());
          return new UpdateTableResponse(descriptions.of(controlPlane.update(table, settings)));
        },
        callback);
  }

  void delete(DeleteTableRequest request, ApiCallback callback) {
    controlPlane.submit(
        () -> {
          TableDescriptor table = changeable(request.tableName());
          if (table.settings().deletionProtectionEnabled()) {
            throw ApiException.validation(
                "Resource cannot be deleted as it is currently protected against deletion. Disable"
                    + " deletion protection first.");
          }
          PartitionCounters before = router.counters(table.partitionMap());
          return new DeleteTableResponse(descriptions.of(controlPlane.delete(table), before));
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

  private TableDescriptor changeable(String tableName) {
    TableDescriptor table = existing(tableName);
    if (table.status() != TableStatus.ACTIVE) {
      throw new ApiException(
          new ApiError(
              ErrorType.RESOURCE_IN_USE,
              "Attempt to change a resource which is still in use: Table is being "
                  + (switch (table.status()) {
                    case CREATING -> "created";
                    case DELETING -> "deleted";
                    case UPDATING,
                        ACTIVE,
                        INACCESSIBLE_ENCRYPTION_CREDENTIALS,
                        ARCHIVING,
                        ARCHIVED ->
                        "updated";
                  })
                  + ": "
                  + table.name()));
    }
    return table;
  }

  void list(ListTablesRequest request, ApiCallback callback) {
    int limit = request.limit() == null ? LIST_LIMIT_DEFAULT : request.limit();
    NavigableMap<String, TableDescriptor> rest =
        request.exclusiveStartTableName() == null
            ? catalog.tables()
            : catalog.tables().tailMap(request.exclusiveStartTableName(), false);
    List<String> names = rest.keySet().stream().limit(limit + 1L).toList();
    boolean more = names.size() > limit;
    List<String> page = more ? names.subList(0, limit) : names;
    callback.completed(new ListTablesResponse(page, more ? page.getLast() : null));
  }
}
