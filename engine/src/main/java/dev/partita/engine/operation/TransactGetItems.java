package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ObservedItem;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.partition.TransactionSize;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.CancellationReason;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.ItemResponse;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.api.TransactGetItem;
import dev.partita.model.api.TransactGetItemsRequest;
import dev.partita.model.api.TransactGetItemsResponse;
import dev.partita.model.expression.Projection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * TransactGetItems: up to 100 items as they are at one moment. Looks at all items, then looks
 * again: if none has changed and none is held by a transaction, they were so at the moment between.
 * After some looks in vain it is cancelled for the items that do not hold still.
 */
final class TransactGetItems {
  private static final int LOOKS_MAX = 6;

  private final RequestExpressions expressions;
  private final RequestRouter router;
  private final ReadRunner reads;

  TransactGetItems(RequestExpressions expressions, RequestRouter router, ReadRunner reads) {
    this.expressions = expressions;
    this.router = router;
    this.reads = reads;
  }

  /**
   * One read, its projection bound.
   *
   * @param tellsEmptyItem whether an item that has none of the attributes is told, without any
   */
  record Get(String tableName, Item key, Projection projection, boolean tellsEmptyItem) {}

  private record PlacedGet(Get get, TableDescriptor table, PartitionId partition, byte[] key) {}

  void execute(TransactGetItemsRequest request, ApiCallback callback) {
    List<Get> gets = new ArrayList<>(request.transactItems().size());
    for (TransactGetItem get : request.transactItems()) {
      Projection projection =
          expressions.bind(
              request,
              get.expressionAttributeNames(),
              null,
              binding -> RequestExpressions.projection(binding, get.projectionExpression(), null));
      gets.add(new Get(get.tableName(), get.key(), projection, false));
    }
    execute(gets, request.returnConsumedCapacity(), response -> response, callback);
  }

  /**
   * Reads items whose projections are bound.
   *
   * @param answer makes the answer of the operation from that of TransactGetItems
   */
  void execute(
      List<Get> gets,
      @Nullable ReturnConsumedCapacity asked,
      Function<TransactGetItemsResponse, ApiResponse> answer,
      ApiCallback callback) {
    Map<ReplicationGroupId, List<Integer>> byGroup = new LinkedHashMap<>();
    List<PlacedGet> placed = place(gets, byGroup);
    reads.run(callback, () -> answer.apply(read(placed, byGroup, asked)));
  }

  private List<PlacedGet> place(List<Get> gets, Map<ReplicationGroupId, List<Integer>> byGroup) {
    List<TableDescriptor> tables = new ArrayList<>(gets.size());
    for (Get get : gets) {
      tables.add(ItemWriter.servingTable(router, get.tableName()));
    }
    List<PlacedGet> placed = new ArrayList<>(gets.size());
    List<CancellationReason> reasons = new ArrayList<>(gets.size());
    Set<Bytes> distinct = new HashSet<>();
    for (int index = 0; index < gets.size(); index++) {
      TableDescriptor table = tables.get(index);
      try {
        byte[] key = ItemKeys.ofKey(table, gets.get(index).key());
        PartitionPlacement placement = table.partitionMap().placement(key);
        byGroup.computeIfAbsent(placement.group(), _ -> new ArrayList<>()).add(placed.size());
        placed.add(new PlacedGet(gets.get(index), table, placement.partition(), key));
        distinct.add(Bytes.wrap(key));
        reasons.add(CancellationReason.none());
      } catch (ApiException wrong) {
        reasons.add(TransactionErrors.validation(wrong.error().message()));
      }
    }
    if (distinct.size() < placed.size()) {
      throw ApiException.validation(TransactionErrors.SEVERAL_ACTIONS_ON_ONE_ITEM);
    }
    if (placed.size() < gets.size()) {
      throw new ApiException(ApiError.transactionCanceled(reasons));
    }
    return placed;
  }

  private TransactGetItemsResponse read(
      List<PlacedGet> gets,
      Map<ReplicationGroupId, List<Integer>> byGroup,
      @Nullable ReturnConsumedCapacity asked) {
    ObservedItem[] earlier = look(gets, byGroup);
    List<CancellationReason> reasons = List.of();
    for (int count = 2; count <= LOOKS_MAX; count++) {
      ObservedItem[] now = look(gets, byGroup);
      reasons = conflicts(earlier, now);
      if (reasons.isEmpty()) {
        return answer(gets, now, asked);
      }
      earlier = now;
    }
    throw new ApiException(ApiError.transactionCanceled(reasons));
  }

  private ObservedItem[] look(
      List<PlacedGet> gets, Map<ReplicationGroupId, List<Integer>> byGroup) {
    ObservedItem[] observed = new ObservedItem[gets.size()];
    byGroup.forEach((group, places) -> {
      List<ObservedItem> ofGroup =
          router
              .group(group)
              .observe(
                  places.stream().map(place -> gets.get(place).partition()).toList(),
                  places.stream().map(place -> gets.get(place).key()).toList());
      for (int index = 0; index < places.size(); index++) {
        observed[places.get(index)] = ofGroup.get(index);
      }
    });
    return observed;
  }

  /** A reason for each item if one did not hold still; none if all did. */
  private static List<CancellationReason> conflicts(ObservedItem[] earlier, ObservedItem[] now) {
    List<CancellationReason> reasons = new ArrayList<>(now.length);
    boolean conflict = false;
    for (int index = 0; index < now.length; index++) {
      boolean still = now[index].isSince(earlier[index]);
      reasons.add(still ? CancellationReason.none() : TransactionErrors.conflict());
      conflict = conflict || !still;
    }
    return conflict ? reasons : List.of();
  }

  private static TransactGetItemsResponse answer(
      List<PlacedGet> gets, ObservedItem[] items, @Nullable ReturnConsumedCapacity asked) {
    List<ItemResponse> responses = new ArrayList<>(items.length);
    Map<String, Double> units = new LinkedHashMap<>();
    long bytes = 0;
    for (int index = 0; index < items.length; index++) {
      Get get = gets.get(index).get();
      StoredItem item = items[index].item();
      int size = ItemWriter.sizeOf(item);
      bytes += size;
      units.merge(get.tableName(), CapacityUnits.readTransactional(size), Double::sum);
      responses.add(new ItemResponse(item == null ? null : projected(get, item)));
    }
    if (TransactionSize.isExceeded(bytes)) {
      throw new ApiException(TransactionSize.readError());
    }
    return new TransactGetItemsResponse(capacities(units, asked), responses);
  }

  private static @Nullable Item projected(Get get, StoredItem item) {
    if (get.projection().isAll()) {
      return item.item();
    }
    Item projected = get.projection().project(item.item());
    return projected.isEmpty() && !get.tellsEmptyItem() ? null : projected;
  }

  private static @Nullable List<ConsumedCapacity> capacities(
      Map<String, Double> units, @Nullable ReturnConsumedCapacity asked) {
    List<ConsumedCapacity> capacities = new ArrayList<>();
    units.forEach((table, used) -> {
      ConsumedCapacity capacity = ConsumedCapacities.ofTransactionReads(asked, table, used);
      if (capacity != null) {
        capacities.add(capacity);
      }
    });
    return capacities.isEmpty() ? null : capacities;
  }
}
