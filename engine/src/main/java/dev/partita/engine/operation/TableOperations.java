package dev.partita.engine.operation;

import dev.partita.base.Clock;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.metadata.TableDraft;
import dev.partita.engine.metadata.TableSettings;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
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
    long now = clock.wallMillis();
    TableSettings settings = settingsRules.create(request, now);
    TableSchemas schemas = TableSchemas.of(request, settings.billingMode());
    TableDraft draft =
        new TableDraft(
            request.tableName(),
            schemas.key(),
            settings,
            TagRules.merge(Map.of(), request.tags() == null ? List.of() : request.tags()),
            PartitionCounts.of(
                settings.billingMode(),
                settings.readCapacityUnits(),
                settings.writeCapacityUnits()),
            schemas.localIndexes(),
            schemas.globalIndexes(),
            StreamRules.create(request.streamSpecification()),
            now);
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
          return new CreateTableResponse(descriptions.of(controlPlane.create(draft)));
        },
        callback);
  }

  void describe(DescribeTableRequest request, ApiCallback callback) {
    callback.completed(new DescribeTableResponse(descriptions.of(existing(request.tableName()))));
  }

  void update(UpdateTableRequest request, ApiCallback callback) {
    UpdateTableRules.check(request);
    controlPlane.submit(
        () -> {
          TableDescriptor table = existing(request.tableName());
          GlobalIndexUpdates indexUpdates = new GlobalIndexUpdates(table, request);
          indexUpdates.checkOneAtATime();
          checkChangeable(table);
          return new UpdateTableResponse(
              descriptions.of(controlPlane.update(changed(table, request, indexUpdates))));
        },
        callback);
  }

  private TableDescriptor changed(
      TableDescriptor table, UpdateTableRequest request, GlobalIndexUpdates indexUpdates) {
    long now = clock.wallMillis();
    TableSettings before = table.settings();
    TableSettings settings = settingsRules.update(before, request, now);
    IndexThroughputRules.Billing billing =
        new IndexThroughputRules.Billing(before.billingMode(), settings.billingMode(), now);
    DerivedData derived = indexUpdates.apply(billing, controlPlane);
    TableDescriptor changed = table.withSettings(settings).withDerived(derived);
    if (request.streamSpecification() != null) {
      changed =
          changed.withDerived(
              StreamRules.update(changed, request.streamSpecification(), controlPlane, now));
    }
    return changed.withStatus(
        indexUpdates.changeThroughputOnly() ? TableStatus.ACTIVE : TableStatus.UPDATING);
  }

  void delete(DeleteTableRequest request, ApiCallback callback) {
    controlPlane.submit(
        () -> {
          TableDescriptor table = existing(request.tableName());
          checkChangeable(table);
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

  private static void checkChangeable(TableDescriptor table) {
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
