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

  /** What the three single writes share; metrics are those of item collections. */
  record WriteOptions(
      Guard guard,
      ReturnValues returnValues,
      boolean oldOnFailure,
      Capacity capacity,
      boolean metrics) {

    /** Options that do not ask for item collection metrics. */
    public WriteOptions(
        Guard guard, ReturnValues returnValues, boolean oldOnFailure, Capacity capacity) {
      this(guard, returnValues, oldOnFailure, capacity, false);
    }
  }

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

  /** Select, or that it is not sent. */
  enum Select {
    UNSET,
    ALL_ATTRIBUTES,
    ALL_PROJECTED_ATTRIBUTES,
    SPECIFIC_ATTRIBUTES,
    COUNT
  }

  /** What Query and Scan share. */
  record ReadOptions(
      Guard filter,
      Projection projection,
      Select select,
      Optional<Integer> limit,
      Optional<Value.MapValue> start,
      boolean consistent,
      Capacity capacity) {

    /** The same read from another ExclusiveStartKey. */
    public ReadOptions startingAt(Value.MapValue key) {
      return new ReadOptions(
          filter, projection, select, limit, Optional.of(key), consistent, capacity);
    }

    /** The same read without Limit. */
    public ReadOptions unlimited() {
      return new ReadOptions(
          filter, projection, select, Optional.empty(), start, consistent, capacity);
    }

    /** Whether the answer is without items. */
    public boolean counts() {
      return select == Select.COUNT;
    }
  }

  /** A condition that a partition key has a value. */
  record KeyEquality(String name, Value value) {}

  /** A condition on a sort key; BETWEEN has two operands, the others one. */
  record SortCondition(String name, LegacyCondition.Operator operator, List<Value> operands) {
    public SortCondition {
      operands = List.copyOf(operands);
    }
  }

  /**
   * KeyConditionExpression, or the legacy KeyConditions.
   *
   * @param partition one, or several for an index that has several partition keys
   * @param sort possibly none; several only for an index that has several sort keys
   */
  record KeyCondition(List<KeyEquality> partition, List<SortCondition> sort, boolean legacy) {
    public KeyCondition {
      partition = List.copyOf(partition);
      sort = List.copyOf(sort);
    }

    /** The condition on the key of a table. */
    public KeyCondition(String name, Value value, Optional<SortCondition> sort, boolean legacy) {
      this(List.of(new KeyEquality(name, value)), sort.map(List::of).orElse(List.of()), legacy);
    }
  }

  /** Query, of a table or of one of its indexes. */
  record Query(
      String table, Optional<String> index, KeyCondition key, boolean forward, ReadOptions options)
      implements Operation {

    /** The same Query with other options. */
    public Query with(ReadOptions others) {
      return new Query(table, index, key, forward, others);
    }
  }

  /** The part of a parallel Scan. */
  record Segment(int segment, int totalSegments) {}

  /** Scan, of a table or of one of its indexes. */
  record Scan(String table, Optional<String> index, Optional<Segment> segment, ReadOptions options)
      implements Operation {}

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

  /**
   * All that the stream of a table shows, from its beginning. Not one request but several; the
   * answer has the records under {@code Records}, those of one item in order.
   */
  record ReadStream(String table) implements Operation {}

  /** One action of a TransactWriteItems. */
  sealed interface TransactWrite {

    /** The table of the item. */
    String table();

    /** What must hold for the item. */
    Guard guard();

    /** Whether the item is shown if that does not hold. */
    boolean oldOnFailure();
  }

  /** Put. */
  record TransactPut(String table, Value.MapValue item, Guard guard, boolean oldOnFailure)
      implements TransactWrite {}

  /** Update. */
  record TransactUpdate(
      String table, Value.MapValue key, UpdateExpression update, Guard guard, boolean oldOnFailure)
      implements TransactWrite {}

  /** Delete. */
  record TransactDelete(String table, Value.MapValue key, Guard guard, boolean oldOnFailure)
      implements TransactWrite {}

  /** ConditionCheck. */
  record TransactCheck(String table, Value.MapValue key, Guard guard, boolean oldOnFailure)
      implements TransactWrite {}

  /** TransactWriteItems. */
  record TransactWriteItems(List<TransactWrite> writes, Optional<String> token, Capacity capacity)
      implements Operation {
    public TransactWriteItems {
      writes = List.copyOf(writes);
    }
  }

  /** One Get of a TransactGetItems. */
  record TransactGet(String table, Value.MapValue key, Projection projection) {}

  /** TransactGetItems. */
  record TransactGetItems(List<TransactGet> gets, Capacity capacity) implements Operation {
    public TransactGetItems {
      gets = List.copyOf(gets);
    }
  }

  /** The operation's name in the API. */
  default String name() {
    return getClass().getSimpleName();
  }
}
