package dev.partita.engine.operation;

import dev.partita.base.Bytes;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.router.RequestRouter;
import dev.partita.model.CapacityUnits;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.BatchGetItemRequest;
import dev.partita.model.api.BatchGetItemResponse;
import dev.partita.model.api.ConsumedCapacity;
import dev.partita.model.api.KeysAndAttributes;
import dev.partita.model.api.ReturnConsumedCapacity;
import dev.partita.model.expression.Projection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * BatchGetItem: up to 100 keys over several tables. A key is left for UnprocessedKeys when the
 * answer has 16 MB, or when 1 MB was read of its partition.
 */
final class BatchGetItem {
  private static final long RESPONSE_BYTES_MAX = 16L << 20;
  private static final long PARTITION_BYTES_MAX = 1L << 20;
  private static final int READ_AT_ONCE = 10;

  private final RequestExpressions expressions;
  private final RequestRouter router;
  private final ReadRunner reads;

  BatchGetItem(RequestExpressions expressions, RequestRouter router, ReadRunner reads) {
    this.expressions = expressions;
    this.router = router;
    this.reads = reads;
  }

  /** The part of a request that goes to one table. */
  private record TablePlan(
      String name,
      TableDescriptor table,
      KeysAndAttributes asked,
      Projection projection,
      List<byte[]> keys) {
    boolean consistent() {
      return Boolean.TRUE.equals(asked.consistentRead());
    }
  }

  void execute(BatchGetItemRequest request, ApiCallback callback) {
    Map<String, Projection> projections = new HashMap<>();
    request
        .requestItems()
        .forEach((name, asked) -> projections.put(name, projection(request, asked)));
    List<TablePlan> plans = new ArrayList<>();
    request
        .requestItems()
        .forEach((name, asked) ->
            plans.add(plan(name, asked, projections.getOrDefault(name, Projection.all()))));
    reads.run(callback, () -> read(plans, request.returnConsumedCapacity()));
  }

  private Projection projection(BatchGetItemRequest request, KeysAndAttributes asked) {
    return expressions.bind(
        request,
        asked.expressionAttributeNames(),
        null,
        binding ->
            RequestExpressions.projection(
                binding, asked.projectionExpression(), asked.attributesToGet()));
  }

  private TablePlan plan(String name, KeysAndAttributes asked, Projection projection) {
    TableDescriptor table = ItemWriter.servingTable(router, name);
    List<byte[]> keys = new ArrayList<>(asked.keys().size());
    Set<Bytes> distinct = new HashSet<>();
    for (Item key : asked.keys()) {
      byte[] storageKey = ItemKeys.ofKey(table, key);
      if (!distinct.add(Bytes.wrap(storageKey))) {
        throw ApiException.validation("Provided list of item keys contains duplicates");
      }
      keys.add(storageKey);
    }
    return new TablePlan(name, table, asked, projection, keys);
  }

  private BatchGetItemResponse read(
      List<TablePlan> plans, @Nullable ReturnConsumedCapacity returnConsumedCapacity) {
    Map<String, List<Item>> responses = new LinkedHashMap<>();
    Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
    List<ConsumedCapacity> capacities = new ArrayList<>();
    long responseBytes = 0;
    for (TablePlan plan : plans) {
      TableRead read = new TableRead(plan, responseBytes);
      read.run();
      responseBytes = read.responseBytes;
      responses.put(plan.name, read.items);
      if (!read.unprocessed.isEmpty()) {
        unprocessed.put(plan.name, withKeys(plan.asked, read.unprocessed));
      }
      ConsumedCapacity capacity =
          ConsumedCapacities.of(returnConsumedCapacity, plan.name, read.units);
      if (capacity != null) {
        capacities.add(capacity);
      }
    }
    return new BatchGetItemResponse(
        responses, unprocessed, capacities.isEmpty() ? null : capacities);
  }

  private static KeysAndAttributes withKeys(KeysAndAttributes asked, List<Item> keys) {
    return new KeysAndAttributes(
        keys,
        asked.attributesToGet(),
        asked.consistentRead(),
        asked.projectionExpression(),
        asked.expressionAttributeNames());
  }

  /** Reads the keys of one table, some at once, until a limit is met. */
  private final class TableRead {
    private final TablePlan plan;
    private final Map<PartitionId, Long> bytesByPartition = new HashMap<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Item> unprocessed = new ArrayList<>();
    private long responseBytes;
    private double units;

    TableRead(TablePlan plan, long responseBytes) {
      this.plan = plan;
      this.responseBytes = responseBytes;
    }

    void run() {
      for (int start = 0; start < plan.keys.size(); start += READ_AT_ONCE) {
        int end = Math.min(plan.keys.size(), start + READ_AT_ONCE);
        List<@Nullable StoredItem> found =
            router.read(plan.table, plan.keys.subList(start, end), plan.consistent());
        for (int index = start; index < end; index++) {
          take(index, found.get(index - start));
        }
      }
    }

    private void take(int index, @Nullable StoredItem found) {
      int size = ItemWriter.sizeOf(found);
      PartitionId partition = router.partition(plan.table, plan.keys.get(index));
      long partitionBytes = bytesByPartition.getOrDefault(partition, 0L);
      if (responseBytes + size > RESPONSE_BYTES_MAX || partitionBytes > PARTITION_BYTES_MAX) {
        unprocessed.add(plan.asked.keys().get(index));
        return;
      }
      bytesByPartition.put(partition, partitionBytes + size);
      responseBytes += size;
      units += CapacityUnits.read(size, plan.consistent());
      if (found != null) {
        items.add(plan.projection.isAll() ? found.item() : plan.projection.project(found.item()));
      }
    }
  }
}
