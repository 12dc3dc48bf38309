package dev.partita.server;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.engine.metadata.MetadataUnavailableException;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.partition.ChangeListener;
import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.replication.local.LocalLog;
import dev.partita.storage.DataDirectory;
import dev.partita.storage.DiskSpace;
import dev.partita.storage.Durability;
import dev.partita.storage.rocksdb.RocksDbStore;
import dev.partita.storage.rocksdb.SharedMemory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The stores, logs and writers of a node: group 0 for the metadata, the others for data. */
final class DataGroups implements AutoCloseable {
  private static final int METADATA_GROUP = 0;
  private static final long WRITE_BUFFER_BYTES_MAX = 256L << 20;
  private static final int WRITE_BUFFER_SHARE = 4;
  private static final Duration DRAIN_MAX = Duration.ofSeconds(10);
  private static final long DRAIN_POLL_MILLIS = 1;

  private final Durability durability;
  private final Clock clock;
  private final ChangeListener changeListener;
  private final FatalErrorHandler fatalErrorHandler;
  private final DataDirectory directory;
  private final SharedMemory memory;
  private final DiskSpace diskSpace;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final List<ExecutorService> writers = new ArrayList<>();
  private final List<ReplicationGroup> groups = new ArrayList<>();
  private final TableCatalog catalog;

  DataGroups(
      NodeConfiguration configuration,
      DataDirectory directory,
      Clock clock,
      RandomSource random,
      ChangeListener changeListener,
      FatalErrorHandler fatalErrorHandler)
      throws MetadataUnavailableException {
    this.durability = directory.isInMemoryMode() ? Durability.NONE : configuration.durability();
    this.clock = clock;
    this.changeListener = changeListener;
    this.fatalErrorHandler = fatalErrorHandler;
    this.directory = directory;
    long writeBufferBytes =
        Math.min(WRITE_BUFFER_BYTES_MAX, configuration.blockCacheBytes() / WRITE_BUFFER_SHARE);
    this.memory = new SharedMemory(configuration.blockCacheBytes(), writeBufferBytes);
    this.diskSpace = DiskSpace.watching(directory.path(), clock);
    try {
      RocksDbStore metadataStore = openStore(METADATA_GROUP);
      LocalLog metadataLog = openLog(metadataStore);
      this.catalog = new TableCatalog(metadataStore, metadataLog, clock, random);
      if (catalog.groupCount() == 0) {
        catalog.fixGroupCount(configuration.replicationGroups());
      }
      for (int id = 1; id <= catalog.groupCount(); id++) {
        groups.add(openGroup(id, random));
      }
    } catch (MetadataUnavailableException | RuntimeException failed) {
      close();
      throw failed;
    }
  }

  private RocksDbStore openStore(int id) {
    RocksDbStore store = RocksDbStore.open(directory.groupDirectory(id), durability, memory, clock);
    opened.add(store);
    return store;
  }

  private LocalLog openLog(RocksDbStore store) {
    LocalLog log = LocalLog.open(store, diskSpace, fatalErrorHandler);
    opened.add(log);
    return log;
  }

  private ReplicationGroup openGroup(int id, RandomSource random) {
    RocksDbStore store = openStore(id);
    LocalLog log = openLog(store);
    ExecutorService writer =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("writer-" + id).daemon(true).factory());
    writers.add(writer);
    return new ReplicationGroup(
        new ReplicationGroupId(id),
        store,
        log,
        clock,
        random,
        writer,
        fatalErrorHandler,
        GroupLimits.DEFAULT,
        changeListener);
  }

  TableCatalog catalog() {
    return catalog;
  }

  /** The data groups, group 1 first. */
  List<ReplicationGroup> groups() {
    return groups;
  }

  /** Lets the writers finish what waits, then closes logs, stores and shared memory. */
  @Override
  public void close() {
    drain();
    for (ExecutorService writer : writers) {
      writer.shutdown();
    }
    for (ExecutorService writer : writers) {
      awaitTermination(writer);
    }
    for (AutoCloseable part : opened.reversed()) {
      closeQuietly(part);
    }
    memory.close();
  }

  private void drain() {
    long deadline = clock.monotonicNanos() + DRAIN_MAX.toNanos();
    while (groups.stream().anyMatch(group -> !group.isIdle())
        && clock.monotonicNanos() < deadline) {
      try {
        TimeUnit.MILLISECONDS.sleep(DRAIN_POLL_MILLIS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private static void awaitTermination(ExecutorService writer) {
    try {
      if (!writer.awaitTermination(DRAIN_MAX.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("a writer did not stop in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception failed) {
      throw new IllegalStateException("closing failed", failed);
    }
  }
}
