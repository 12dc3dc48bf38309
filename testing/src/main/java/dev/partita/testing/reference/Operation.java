package dev.partita.testing.reference;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A request to DynamoDB, typed. */
public sealed interface Operation {

  /** ReturnConsumedCapacity. */
  enum Capacity {
    NONE,
    TOTAL,
    INDEXES
  }

  /** ReturnValues. */
  enum ReturnValues {
    NONE,
    ALL_OLD,
    UPDATED_OLD,
    ALL_NEW,
    UPDATED_NEW
  }

  /** CreateTable with on-demand capacity. */
  record CreateTable(TableDefinition table) implements Operation {}

  /** DeleteTable. */
  record DeleteTable(String table) implements Operation {}

  /** DescribeTable. */
  record DescribeTable(String table) implements Operation {}

  /** What the three single writes share. */
  record WriteOptions(
      Guard guard, ReturnValues returnValues, boolean oldOnFailure, Capacity capacity) {}

  /** PutItem. */
  record PutItem(String table, Value.MapValue item, WriteOptions options) implements Operation {}

  /** DeleteItem. */
  record DeleteItem(String table, Value.MapValue key, WriteOptions options) implements Operation {}

  /** UpdateItem. */
  record UpdateItem(String table, Value.MapValue key, Update update, WriteOptions options)
      implements Operation {}

  /** GetItem. */
  record GetItem(
      String table,
      Value.MapValue key,
      Projection projection,
      boolean consistent,
      Capacity capacity)
      implements Operation {}

  /** What Query and Scan share. A count answers without items. */
  record ReadOptions(
      Guard filter,
      Projection projection,
      boolean count,
      Optional<Integer> limit,
      Optional<Value.MapValue> start,
      boolean consistent,
      Capacity capacity) {

    /** The same read from another ExclusiveStartKey. */
    public ReadOptions startingAt(Value.MapValue key) {
      return new ReadOptions(
          filter, projection, count, limit, Optional.of(key), consistent, capacity);
    }
  }

  /** A condition on the sort key; BETWEEN has two operands, the others one. */
  record SortCondition(String name, LegacyCondition.Operator operator, List<Value> operands) {
    public SortCondition {
      operands = List.copyOf(operands);
    }
  }

  /** KeyConditionExpression, or the legacy KeyConditions. */
  record KeyCondition(String name, Value value, Optional<SortCondition> sort, boolean legacy) {}

  /** Query. */
  record Query(String table, KeyCondition key, boolean forward, ReadOptions options)
      implements Operation {}

  /** The part of a parallel Scan. */
  record Segment(int segment, int totalSegments) {}

  /** Scan. */
  record Scan(String table, Optional<Segment> segment, ReadOptions options) implements Operation {}

  /** What BatchGetItem reads of one table. */
  record BatchRead(List<Value.MapValue> keys, Projection projection, boolean consistent) {
    public BatchRead {
      keys = List.copyOf(keys);
    }
  }

  /** BatchGetItem, by table. */
  record BatchGetItem(SortedMap<String, BatchRead> reads, Capacity capacity) implements Operation {
    public BatchGetItem {
      reads = Collections.unmodifiableSortedMap(new TreeMap<>(reads));
    }
  }

  /** One write of a BatchWriteItem. */
  sealed interface BatchWrite {}

  /** PutRequest. */
  record BatchPut(Value.MapValue item) implements BatchWrite {}

  /** DeleteRequest. */
  record BatchDelete(Value.MapValue key) implements BatchWrite {}

  /** BatchWriteItem, by table. */
  record BatchWriteItem(SortedMap<String, List<BatchWrite>> writes, Capacity capacity)
      implements Operation {
    public BatchWriteItem {
      writes = Collections.unmodifiableSortedMap(new TreeMap<>(writes));
    }
  }

  /** The operation's name in the API. */
  default String name() {
    return getClass().getSimpleName();
  }
}
