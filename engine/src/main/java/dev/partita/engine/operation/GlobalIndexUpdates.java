package dev.partita.engine.operation;

import dev.partita.engine.index.ProjectedAttributes;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.GlobalIndexDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.IndexThroughputRules.Billing;
import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.GlobalSecondaryIndex;
import dev.partita.model.api.GlobalSecondaryIndexUpdate;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.UpdateTableRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What becomes of the global indexes of a table after UpdateTable. */
final class GlobalIndexUpdates {
  private static final String IN_USE = "Attempt to change a resource which is still in use: ";

  private final TableDescriptor table;
  private final UpdateTableRequest request;
  private final List<GlobalSecondaryIndexUpdate> updates;

  /** The updates of {@code request}, which has passed {@link UpdateTableRules}. */
  GlobalIndexUpdates(TableDescriptor table, UpdateTableRequest request) {
    this.table = table;
    this.request = request;
    this.updates =
        request.globalSecondaryIndexUpdates() == null
            ? List.of()
            : request.globalSecondaryIndexUpdates();
  }

  /**
   * Checks that the indexes can be changed now: one is made or deleted at a time. Before the status
   * of the table is looked at, whose word would be less exact.
   */
  void checkOneAtATime() {
    long made =
        updates.stream()
            .filter(update -> update.create() != null || update.delete() != null)
            .count();
    if (made == 0) {
      return;
    }
    if (made > 1) {
      throw oneAtATime();
    }
    for (GlobalIndexDescriptor index : table.derived().globalIndexes()) {
      switch (index.status()) {
        case CREATING -> {
          if (table.status() != TableStatus.CREATING) {
            checkMayInterrupt(index);
          }
        }
        case DELETING -> {
          if (isDeleted(index)) {
            throw inUse("Index is being deleted.", index);
          }
          throw oneAtATime();
        }
        case ACTIVE, UPDATING -> {}
      }
    }
  }

  /** An index that is being filled may be deleted. */
  private void checkMayInterrupt(GlobalIndexDescriptor index) {
    if (!isDeleted(index)) {
      throw oneAtATime();
    }
    if (!index.backfilling()) {
      throw inUse(
          "Index creation is in resource allocation phase. Retry deletion during backfilling phase"
              + " or when the index is active.",
          index);
    }
  }

  private boolean isDeleted(GlobalIndexDescriptor index) {
    return updates.stream()
        .anyMatch(
            update -> update.delete() != null && update.delete().indexName().equals(index.name()));
  }

  private static ApiException oneAtATime() {
    return limitExceeded("Only 1 online index can be created or deleted simultaneously per table");
  }

  private static ApiException limitExceeded(String detail) {
    return new ApiException(
        new ApiError(ErrorType.LIMIT_EXCEEDED, "Subscriber limit exceeded: " + detail));
  }

  private ApiException inUse(String detail, GlobalIndexDescriptor index) {
    return new ApiException(
        new ApiError(
            ErrorType.RESOURCE_IN_USE,
            IN_USE + detail + " Table: " + table.name() + " Index: " + index.name()));
  }

  /** Whether the request changes throughput of indexes and nothing else. */
  boolean changeThroughputOnly() {
    return !updates.isEmpty()
        && request.billingMode() == null
        && request.provisionedThroughput() == null
        && request.streamSpecification() == null
        && updates.stream().allMatch(update -> update.update() != null);
  }

  /** The table's derived data after the updates. Only from within an action. */
  DerivedData apply(Billing billing, ControlPlane controlPlane) {
    DerivedData derived = table.derived();
    Map<String, GlobalSecondaryIndexUpdate.Update> throughputs = new HashMap<>();
    @Nullable GlobalSecondaryIndex created = null;
    for (GlobalSecondaryIndexUpdate update : updates) {
      if (update.update() != null) {
        checkIsGlobal(update.update().indexName(), "update");
        throughputs.put(update.update().indexName(), update.update());
      }
      if (update.delete() != null) {
        derived = delete(derived, update.delete().indexName());
      }
      if (update.create() != null) {
        created = update.create();
      }
    }
    List<GlobalIndexDescriptor> indexes = new ArrayList<>();
    for (GlobalIndexDescriptor index : derived.globalIndexes()) {
      GlobalSecondaryIndexUpdate.Update asked = throughputs.get(index.name());
      if (asked != null) {
        checkMayUpdate(index);
      }
      indexes.add(IndexThroughputRules.update(index, asked, billing));
    }
    if (created != null) {
      indexes.add(create(derived, created, billing, controlPlane));
    }
    return derived.withGlobalIndexes(indexes);
  }

  private GlobalIndexDescriptor checkIsGlobal(String name, String action) {
    GlobalIndexDescriptor index = table.derived().globalIndex(name);
    if (index != null) {
      return index;
    }
    if (table.derived().localIndex(name) != null) {
      throw ApiException.validation(
          "Cannot " + action + " an index that is not a GlobalSecondaryIndex: " + name);
    }
    throw new ApiException(
        new ApiError(
            ErrorType.RESOURCE_NOT_FOUND,
            "Requested resource not found: Index " + name + " for table " + table.name()));
  }

  private DerivedData delete(DerivedData derived, String name) {
    GlobalIndexDescriptor index = checkIsGlobal(name, "delete");
    return derived.withGlobalIndex(index.withStatus(IndexStatus.DELETING, false));
  }

  private void checkMayUpdate(GlobalIndexDescriptor index) {
    switch (index.status()) {
      case CREATING -> {
        if (!index.backfilling()) {
          throw inUse("Index is being created but is not backfilling yet.", index);
        }
      }
      case UPDATING -> throw inUse("Index is being updated.", index);
      case DELETING -> throw inUse("Index is being deleted.", index);
      case ACTIVE -> {}
    }
  }

  private GlobalIndexDescriptor create(
      DerivedData derived, GlobalSecondaryIndex asked, Billing billing, ControlPlane controlPlane) {
    String name = asked.indexName();
    if (derived.globalIndex(name) != null || derived.localIndex(name) != null) {
      throw ApiException.validation("Attempting to create an index which already exists");
    }
    if (derived.globalIndexes().size() >= TableSchemas.GLOBAL_INDEXES_MAX) {
      throw limitExceeded(
          "Number of global secondary indexes exceeds per-table limit of "
              + TableSchemas.GLOBAL_INDEXES_MAX);
    }
    if (request.attributeDefinitions() == null || request.attributeDefinitions().isEmpty()) {
      throw ApiException.validation(
          "One or more parameter values were invalid: AttributeDefinitions is not specified for"
              + " index: "
              + name);
    }
    KeySchema key =
        KeySchemas.ofGlobalIndex(
            asked.keySchema(), KeySchemas.types(request.attributeDefinitions()));
    checkNotRedefined(key, derived);
    ProjectedAttributes projection = IndexRules.projection(asked.projection());
    IndexRules.checkProjectedAttributes(derived, projection);
    return controlPlane.newGlobalIndex(
        table, IndexThroughputRules.addedDraft(asked, key, projection, billing.after()));
  }

  /**
   * An attribute has one type in all keys of a table; elsewhere a request may say what it likes.
   */
  private void checkNotRedefined(KeySchema key, DerivedData derived) {
    List<KeySchema> present = new ArrayList<>();
    present.add(table.keySchema());
    derived.localIndexes().forEach(index -> present.add(index.key()));
    derived.globalIndexes().forEach(index -> present.add(index.definition().key()));
    for (KeySchema schema : present) {
      for (KeyAttribute attribute : key.attributes()) {
        AttributeType before = typeIn(schema, attribute.name());
        if (before != null && before != attribute.type()) {
          throw ApiException.validation(
              "One or more parameter values were invalid: Attributes cannot be redefined. Please"
                  + " check that your attribute has the same type as previously defined. Existing"
                  + " schema: "
                  + text(schema)
                  + " New schema: "
                  + text(key));
        }
      }
    }
  }

  private static @Nullable AttributeType typeIn(KeySchema schema, String name) {
    for (KeyAttribute attribute : schema.attributes()) {
      if (attribute.name().equals(name)) {
        return attribute.type();
      }
    }
    return null;
  }

  private static String text(KeySchema schema) {
    return schema.attributes().stream()
        .map(attribute ->
            "SchemaElement: key{%s:%s:%s}"
                .formatted(attribute.name(), attribute.type(), attribute.keyType()))
        .collect(Collectors.joining(", ", "Schema:[", "]"));
  }
}
