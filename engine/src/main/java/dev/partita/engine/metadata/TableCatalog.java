package dev.partita.engine.metadata;

import dev.partita.base.Clock;
import dev.partita.base.HybridLogicalClock;
import dev.partita.base.RandomSource;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.BatchId;
import dev.partita.replication.LogEntry;
import dev.partita.replication.LogPosition;
import dev.partita.replication.ReplicationLog;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Cursor;
import dev.partita.storage.Direction;
import dev.partita.storage.KeyValueStore;
import dev.partita.storage.WriteSet;
import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The stored list of tables. Anybody may read; the control plane's one thread writes, and a change
 * is visible once it is durable.
 */
public final class TableCatalog {
  private static final byte[] TABLES_START = {'t'};
  private static final byte[] TABLES_END = {'t' + 1};
  private static final byte[] SETTINGS_KEY = {'s'};
  private static final byte[] SECRET_KEY = {'k'};
  private static final int SECRET = 1;
  private static final int NEXT_TABLE_ID = 1;
  private static final int NEXT_PARTITION_ID = 2;
  private static final int GROUP_COUNT = 3;
  private static final int NEXT_STREAM_ID = 4;
  private static final int SECRET_LENGTH = 4 * Long.BYTES;
  private static final long GROUP_EPOCH = 1;
  private static final long APPEND_SECONDS_MAX = 30;

  private final ReplicationLog log;
  private final HybridLogicalClock clock;
  private final RandomSource random;
  private final NavigableMap<String, TableDescriptor> tables = new ConcurrentSkipListMap<>();
  private final Map<Integer, String> namesById = new ConcurrentHashMap<>();
  private int nextTableId = 1;
  private long nextPartitionId = 1;
  private long nextStreamId = 1;
  private int groupCount;
  private byte @Nullable [] secret;

  /** Loads the catalog from the store of the metadata group. */
  public TableCatalog(KeyValueStore store, ReplicationLog log, Clock clock, RandomSource random) {
    this.log = log;
    this.clock = new HybridLogicalClock(clock, log.position().hybridTime());
    this.random = random;
    try (Cursor cursor =
        store.cursor(ColumnFamily.META, TABLES_START, TABLES_END, Direction.FORWARD)) {
      for (; cursor.isValid(); cursor.next()) {
        TableDescriptor table = TableRecordFormat.decode(cursor.value());
        add(table);
      }
    }
    byte[] settings = store.get(ColumnFamily.META, SETTINGS_KEY);
    if (settings != null) {
      FieldReader fields = FieldReader.ofRecord(settings);
      nextTableId = (int) fields.integer(NEXT_TABLE_ID, 1);
      nextPartitionId = fields.integer(NEXT_PARTITION_ID, 1);
      nextStreamId = fields.integer(NEXT_STREAM_ID, 1);
      groupCount = (int) fields.integer(GROUP_COUNT, 0);
    }
    byte[] secretRecord = store.get(ColumnFamily.META, SECRET_KEY);
    if (secretRecord != null) {
      secret = FieldReader.ofRecord(secretRecord).bytes(SECRET);
    }
  }

  /** The table of this name, whatever its status; null if there is none. */
  public @Nullable TableDescriptor find(String name) {
    return tables.get(name);
  }

  /** The table of this id, whatever its status; null if there is none. */
  public @Nullable TableDescriptor find(int tableId) {
    String name = namesById.get(tableId);
    TableDescriptor table = name == null ? null : tables.get(name);
    return table != null && table.tableId() == tableId ? table : null;
  }

  /** All tables, ordered by name; a live view. */
  public NavigableMap<String, TableDescriptor> tables() {
    return tables;
  }

  /** How many data groups the node was created with; 0 before {@link #fixGroupCount}. */
  public int groupCount() {
    return groupCount;
  }

  /** Fixes the number of data groups for ever. */
  public void fixGroupCount(int count) throws MetadataUnavailableException {
    groupCount = count;
    WriteSet writeSet = new WriteSet();
    putSettings(writeSet);
    append(writeSet);
  }

  /**
   * What marks the things that clients carry for the server, such as iterators. Made with the data
   * directory and kept for ever.
   */
  public byte[] secret(RandomSource source) throws MetadataUnavailableException {
    byte[] known = secret;
    if (known == null) {
      ByteBuffer made = ByteBuffer.allocate(SECRET_LENGTH);
      while (made.hasRemaining()) {
        made.putLong(source.nextLong());
      }
      known = made.array();
      WriteSet writeSet = new WriteSet();
      writeSet.put(
          ColumnFamily.META, SECRET_KEY, new FieldWriter().bytes(SECRET, known).toRecord());
      append(writeSet);
      secret = known;
    }
    return known;
  }

  /** Takes the id of a new table or index; it is used up once that is stored. */
  int takeTableId() {
    return nextTableId++;
  }

  /** Takes the id of a new stream, likewise. */
  long takeStreamId() {
    return nextStreamId++;
  }

  /** Takes the first of {@code count} partition ids in a row. */
  long takePartitionIds(int count) {
    long first = nextPartitionId;
    nextPartitionId += count;
    return first;
  }

  /** Keeps ids that a group has seen from being taken again; stored with the next table. */
  void useUp(int tableId, long partitionId, long streamId) {
    nextTableId = Math.max(nextTableId, tableId + 1);
    nextPartitionId = Math.max(nextPartitionId, partitionId + 1);
    nextStreamId = Math.max(nextStreamId, streamId + 1);
  }

  /** Stores a new or changed table. */
  void put(TableDescriptor table) throws MetadataUnavailableException {
    WriteSet writeSet = new WriteSet();
    putSettings(writeSet);
    writeSet.put(ColumnFamily.META, key(table.name()), TableRecordFormat.encode(table));
    append(writeSet);
    add(table);
  }

  private void add(TableDescriptor table) {
    tables.put(table.name(), table);
    namesById.put(table.tableId(), table.name());
  }

  /** Forgets a table. */
  void remove(String name) throws MetadataUnavailableException {
    WriteSet writeSet = new WriteSet();
    writeSet.delete(ColumnFamily.META, key(name));
    append(writeSet);
    TableDescriptor removed = tables.remove(name);
    if (removed != null) {
      namesById.remove(removed.tableId());
    }
  }

  private void putSettings(WriteSet writeSet) {
    writeSet.put(
        ColumnFamily.META,
        SETTINGS_KEY,
        new FieldWriter()
            .integer(NEXT_TABLE_ID, nextTableId)
            .integer(NEXT_PARTITION_ID, nextPartitionId)
            .integer(GROUP_COUNT, groupCount)
            .integer(NEXT_STREAM_ID, nextStreamId)
            .toRecord());
  }

  private void append(WriteSet writeSet) throws MetadataUnavailableException {
    LogPosition last = log.position();
    LogEntry entry =
        new LogEntry(
            GROUP_EPOCH,
            last.batchNumber() + 1,
            new BatchId(random.nextLong(), random.nextLong()),
            clock.next(),
            writeSet);
    CompletableFuture<AppendOutcome> appended = new CompletableFuture<>();
    log.append(entry, appended::complete);
    try {
      switch (appended.get(APPEND_SECONDS_MAX, TimeUnit.SECONDS)) {
        case AppendOutcome.Applied _ -> {}
        case AppendOutcome.NotAppended not ->
            throw new MetadataUnavailableException(not.reason().text());
        case AppendOutcome.Unknown _ -> throw new MetadataUnavailableException("outcome unknown");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new MetadataUnavailableException("interrupted");
    } catch (TimeoutException late) {
      throw new MetadataUnavailableException("no answer in time");
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] key(String name) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] key = new byte[TABLES_START.length + text.length];
    System.arraycopy(TABLES_START, 0, key, 0, TABLES_START.length);
    System.arraycopy(text, 0, key, TABLES_START.length, text.length);
    return key;
  }
}
