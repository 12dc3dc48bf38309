package dev.partita.engine.metadata;

import dev.partita.base.RandomSource;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.model.KeySchema;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.TableStatus;
import dev.partita.storage.StorageException;
import dev.partita.storage.format.HashSpace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, changes and deletes tables, one step at a time on one thread. Each step is durable
 * before the next, so that {@link #finishInterrupted} can take up what a crash left.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ControlPlane.class);
  private static final int ACTIONS_MAX = 1_000;
  private static final long FIRST_SCHEMA_VERSION = 1;
  private static final long GROUP_SECONDS_MAX = 30;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final TableCatalog catalog;
  private final List<ReplicationGroup> groups;
  private final RandomSource random;
  private final Duration transitionDelay;
  private final AtomicInteger waiting = new AtomicInteger();
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().name("control-plane").daemon(true).factory());

  /** Something that changes tables; it may throw {@link ApiException} to refuse. */
  @FunctionalInterface
  public interface Action {
    /** Runs on the control plane's thread. */
    ApiResponse run() throws MetadataUnavailableException;
  }

  /**
   * A control plane over the data groups of this node.
   *
   * @param transitionDelay how long a table stays CREATING, UPDATING and DELETING
   */
  public ControlPlane(
      TableCatalog catalog,
      List<ReplicationGroup> groups,
      RandomSource random,
      Duration transitionDelay) {
    this.catalog = catalog;
    this.groups = List.copyOf(groups);
    this.random = random;
    this.transitionDelay = transitionDelay;
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs {@code action} after those before it and answers with what it returns or throws. */
  public void submit(Action action, ApiCallback callback) {
    if (waiting.incrementAndGet() > ACTIONS_MAX) {
      waiting.decrementAndGet();
      callback.failed(
          new ApiError(ErrorType.THROTTLING, "Too many control plane requests are waiting"));
      return;
    }
    try {
      thread.execute(() -> run(action, callback));
    } catch (RejectedExecutionException closing) {
      waiting.decrementAndGet();
      callback.failed(new ApiError(ErrorType.SERVICE_UNAVAILABLE, "The server is stopping"));
    }
  }

  private void run(Action action, ApiCallback callback) {
    try {
      callback.completed(action.run());
    } catch (ApiException refused) {
      callback.failed(refused.error());
    } catch (MetadataUnavailableException unavailable) {
      callback.failed(
          new ApiError(
              ErrorType.SERVICE_UNAVAILABLE,
              "Tables cannot be changed now: " + unavailable.getMessage()));
    } catch (RuntimeException defect) {
      LOGGER.error("a change of tables failed", defect);
      callback.failed(new ApiError(ErrorType.INTERNAL_SERVER_ERROR, "Internal server error"));
    } finally {
      waiting.decrementAndGet();
    }
  }

  /**
   * Creates a table. The answer has status CREATING; the table is ACTIVE at once, or after the
   * transition delay. Only from within an action.
   */
  public TableDescriptor create(
      String name,
      KeySchema keySchema,
      TableSettings settings,
      Map<String, String> tags,
      int partitionCount,
      long created)
      throws MetadataUnavailableException {
    int tableId = catalog.takeTableId();
    TableDescriptor table =
        new TableDescriptor(
            name,
            new UUID(random.nextLong(), random.nextLong()).toString(),
            TableStatus.CREATING,
            FIRST_SCHEMA_VERSION,
            created,
            keySchema,
            settings,
            tags,
            new PartitionMap(tableId, placements(tableId, partitionCount)),
            DerivedData.NONE);
    catalog.put(table);
    transition(() -> finishCreate(name));
    return table;
  }

  private List<PartitionPlacement> placements(int tableId, int count) {
    long first = catalog.takePartitionIds(count);
    List<PartitionPlacement> placements = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      ReplicationGroupId group = groups.get((tableId + index) % groups.size()).id();
      placements.add(
          new PartitionPlacement(
              new PartitionId(first + index), group, HashSpace.firstHash(index, count)));
    }
    return placements;
  }

  /** Changes a table's settings; the answer has status UPDATING. Only from within an action. */
  public TableDescriptor update(TableDescriptor table, TableSettings settings)
      throws MetadataUnavailableException {
    TableDescriptor updating = table.withSettings(settings).withStatus(TableStatus.UPDATING);
    catalog.put(updating);
    transition(() -> becomeActive(table.name()));
    return updating;
  }

  /** Replaces a table's tags. Only from within an action. */
  public void tag(TableDescriptor table, Map<String, String> tags)
      throws MetadataUnavailableException {
    catalog.put(table.withTags(tags));
  }

  /** Deletes a table; the answer has status DELETING. Only from within an action. */
  public TableDescriptor delete(TableDescriptor table) throws MetadataUnavailableException {
    TableDescriptor deleting = table.withStatus(TableStatus.DELETING);
    catalog.put(deleting);
    transition(() -> finishDelete(table.name()));
    return deleting;
  }

  /**
   * Finishes what the last run of the node began. Call once, before requests are served.
   *
   * @param maySufferLoss whether writes are not forced to disk: a partition that power loss took
   *     then starts empty; otherwise its absence is damage
   * @throws StorageException if a partition is missing that must not be
   */
  public void finishInterrupted(boolean maySufferLoss) {
    for (TableDescriptor table : List.copyOf(catalog.tables().values())) {
      switch (table.status()) {
        case CREATING -> runOrRetry(() -> finishCreate(table.name()));
        case UPDATING -> runOrRetry(() -> becomeActive(table.name()));
        case DELETING -> runOrRetry(() -> finishDelete(table.name()));
        case ACTIVE, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> {}
      }
    }
    for (TableDescriptor table : catalog.tables().values()) {
      if (table.servesItems()) {
        installMissing(table, maySufferLoss);
      }
    }
    for (ReplicationGroup group : groups) {
      for (PartitionDescriptor partition : group.partitions()) {
        catalog.useUp(partition.tableId(), partition.id().value());
      }
    }
  }

  /**
   * Each log is its own: when writes are not forced, power loss may take the installation of a
   * partition and leave the table, or the other way round. The first leaves a table that takes no
   * writes, the second ids that must not be given to another table, which would inherit the items.
   */
  private void installMissing(TableDescriptor table, boolean maySufferLoss) {
    for (int index = 0; index < table.partitions().size(); index++) {
      PartitionPlacement placement = table.partitions().get(index);
      if (group(placement.group()).counters(placement.partition()) == null) {
        String lost =
            "partition %d of table %s is missing from replication group %d"
                .formatted(placement.partition().value(), table.name(), placement.group().value());
        if (!maySufferLoss) {
          throw new StorageException(
              lost + "; if it was lost with durability async, start so once to begin it empty",
              null);
        }
        LOGGER.warn("{} and starts empty", lost);
        PartitionDescriptor descriptor = table.partitionDescriptor(index);
        runOrRetry(() -> install(placement.group(), descriptor));
      }
    }
  }

  private void install(ReplicationGroupId group, PartitionDescriptor descriptor)
      throws MetadataUnavailableException {
    apply(group, callback -> new GroupCommand.InstallPartition(descriptor, callback));
  }

  private interface Step {
    void run() throws MetadataUnavailableException;
  }

  /** The table is stored already, so a step that cannot be done now is done later. */
  private void transition(Step step) {
    if (transitionDelay.isZero()) {
      runOrRetry(step);
    } else {
      scheduleStep(step, transitionDelay);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // runOrRetry reports every failure itself
  private void scheduleStep(Step step, Duration delay) {
    thread.schedule(() -> runOrRetry(step), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void runOrRetry(Step step) {
    try {
      step.run();
    } catch (MetadataUnavailableException unavailable) {
      LOGGER.warn("a table waits to change its status: {}", unavailable.getMessage());
      scheduleStep(step, RETRY_DELAY);
    } catch (RuntimeException defect) {
      LOGGER.error("a table could not change its status", defect);
    }
  }

  private void finishCreate(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table == null || table.status() != TableStatus.CREATING) {
      return;
    }
    for (int index = 0; index < table.partitions().size(); index++) {
      install(table.partitions().get(index).group(), table.partitionDescriptor(index));
    }
    becomeActive(name);
  }

  private void becomeActive(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table != null && table.status() != TableStatus.DELETING) {
      catalog.put(table.withStatus(TableStatus.ACTIVE));
    }
  }

  private void finishDelete(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table == null || table.status() != TableStatus.DELETING) {
      return;
    }
    for (PartitionPlacement placement : table.partitions()) {
      apply(
          placement.group(),
          callback ->
              new GroupCommand.RemovePartition(placement.partition(), table.tableId(), callback));
    }
    catalog.remove(name);
  }

  private void apply(ReplicationGroupId group, Function<Consumer<Outcome>, GroupCommand> command)
      throws MetadataUnavailableException {
    CompletableFuture<Outcome> done = new CompletableFuture<>();
    group(group).submit(command.apply(done::complete));
    try {
      Outcome outcome = done.get(GROUP_SECONDS_MAX, TimeUnit.SECONDS);
      if (!(outcome instanceof Outcome.Applied)) {
        throw new MetadataUnavailableException(
            outcome instanceof Outcome.Unavailable(String reason) ? reason : outcome.toString());
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

  private ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }

  /** Finishes the action that runs, drops what waits. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(GROUP_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOGGER.warn("the control plane did not stop in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
