package dev.partita.engine.metadata;

import dev.partita.base.RandomSource;
import dev.partita.base.Scheduler;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ErrorType;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.storage.StorageException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates, changes and deletes tables, one step at a time on one thread. Each step is durable
 * before the next, so that {@link #finishInterrupted} can take up what a crash left. What takes
 * long, the filling of an index, runs on the scheduler and comes back for its last step.
 */
public final class ControlPlane implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ControlPlane.class);
  private static final int ACTIONS_MAX = 1_000;
  private static final long CLOSE_SECONDS_MAX = 30;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final TableCatalog catalog;
  private final ControlPlaneSettings settings;
  private final TableMaker maker;
  private final PartitionInstaller installer;
  private final Backfills backfills;
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

  private interface Step {
    void run() throws MetadataUnavailableException;
  }

  /**
   * A control plane over the data groups of this node.
   *
   * @param scheduler runs the steps of backfills
   */
  public ControlPlane(
      TableCatalog catalog,
      List<ReplicationGroup> groups,
      Scheduler scheduler,
      RandomSource random,
      FatalErrorHandler fatalErrorHandler,
      ControlPlaneSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
    this.maker = new TableMaker(catalog, List.copyOf(groups), random);
    this.installer = new PartitionInstaller(List.copyOf(groups));
    this.backfills =
        new Backfills(
            installer,
            scheduler,
            fatalErrorHandler,
            new Backfill.Listener() {
              @Override
              public void advanced(Backfill backfill) {
                executeSoon(() -> storePositions(backfill));
              }

              @Override
              public void finished(Backfill backfill) {
                executeSoon(() -> finishBackfill(backfill));
              }
            });
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** How it takes its time. */
  public ControlPlaneSettings settings() {
    return settings;
  }

  /** The backfills that run, in no order. */
  public List<BackfillProgress> backfillProgress() {
    return backfills.progress();
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

  private void executeSoon(Step step) {
    try {
      thread.execute(() -> runOrRetry(step));
    } catch (RejectedExecutionException closing) {
      // What the step would have done is taken up at the next start.
    }
  }

  /** The change is stored already, so a step that cannot be done now is done later. */
  private void transition(Step step) {
    if (settings.transitionDelay().isZero()) {
      runOrRetry(step);
    } else {
      scheduleStep(step, settings.transitionDelay());
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // runOrRetry reports every failure itself
  private void scheduleStep(Step step, Duration delay) {
    try {
      thread.schedule(() -> runOrRetry(step), delay.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException closing) {
      // As above.
    }
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

  /**
   * Creates a table. The answer has status CREATING; the table and its indexes are ACTIVE at once,
   * or after the transition delay. Only from within an action.
   */
  public TableDescriptor create(TableDraft draft) throws MetadataUnavailableException {
    TableDescriptor table = maker.table(draft);
    catalog.put(table);
    transition(() -> finishCreate(draft.name()));
    return table;
  }

  /**
   * Gives a global index that {@code table} shall get its ids. Its life begins when {@link #update}
   * stores it. Only from within an action.
   */
  public GlobalIndexDescriptor newGlobalIndex(TableDescriptor table, GlobalIndexDraft draft) {
    return maker.index(draft, table.partitionMap());
  }

  /**
   * A new stream of a table that has had {@code streams}; it begins when {@link #update} stores it.
   * Only from within an action.
   */
  public StreamDescriptor newStream(
      List<StreamDescriptor> streams, StreamViewType viewType, long now) {
    return maker.stream(streams, viewType, now);
  }

  /**
   * Changes a table to {@code changed}, whose status is UPDATING, or ACTIVE if only throughput of
   * indexes changes. Brings the groups to know of indexes, streams and time to live, and ends
   * transient statuses at once or after the transition delay. Only from within an action.
   */
  public TableDescriptor update(TableDescriptor changed) throws MetadataUnavailableException {
    catalog.put(changed);
    backfills.endUnwanted(changed);
    if (!settings.transitionDelay().isZero()) {
      runOrRetry(() -> bring(changed.name()));
    }
    transition(() -> finishUpdate(changed.name()));
    return changed;
  }

  /** Replaces a table's tags. Only from within an action. */
  public void tag(TableDescriptor table, Map<String, String> tags)
      throws MetadataUnavailableException {
    catalog.put(table.withTags(tags));
  }

  /**
   * Starts or ends the expiry of a table's items. Before it is ENABLED, items that are there are
   * marked. Only from within an action.
   */
  public void setTimeToLive(TableDescriptor table, TimeToLive timeToLive)
      throws MetadataUnavailableException {
    TableDescriptor changed = table.withDerived(table.derived().withTimeToLive(timeToLive));
    catalog.put(changed);
    backfills.endUnwanted(changed);
    runOrRetry(() -> finishTimeToLive(table.name()));
  }

  /**
   * Forgets the streams of a table that were disabled before a time, milliseconds since 1970. Does
   * so later; what cannot be forgotten now is left for the next call.
   */
  public void forgetStreams(String tableName, long disabledBefore) {
    try {
      thread.execute(() -> runOnce(() -> forgetStreamsNow(tableName, disabledBefore)));
    } catch (RejectedExecutionException closing) {
      // Asked again after the next start.
    }
  }

  private static void runOnce(Step step) {
    try {
      step.run();
    } catch (MetadataUnavailableException unavailable) {
      LOGGER.warn("a table stays as it is for now: {}", unavailable.getMessage());
    }
  }

  private void forgetStreamsNow(String tableName, long disabledBefore)
      throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(tableName);
    if (table != null && table.servesItems()) {
      List<StreamDescriptor> kept =
          table.derived().streams().stream()
              .filter(stream -> stream.isEnabled() || stream.disabled() >= disabledBefore)
              .toList();
      if (kept.size() < table.derived().streams().size()) {
        catalog.put(table.withDerived(table.derived().withStreams(kept)));
      }
    }
  }

  /** Deletes a table; the answer has status DELETING. Only from within an action. */
  public TableDescriptor delete(TableDescriptor table) throws MetadataUnavailableException {
    TableDescriptor deleting = table.withStatus(TableStatus.DELETING);
    catalog.put(deleting);
    backfills.endUnwanted(deleting);
    transition(() -> finishDelete(table.name()));
    return deleting;
  }

  /**
   * Finishes what the last run of the node began, and goes on filling indexes. Call once, before
   * requests are served.
   *
   * @param maySufferLoss whether writes are not forced to disk: a partition that power loss took
   *     then starts empty; otherwise its absence is damage
   * @throws StorageException if a partition is missing that must not be
   */
  public void finishInterrupted(boolean maySufferLoss) {
    installer.useUpIds(catalog);
    for (TableDescriptor table : List.copyOf(catalog.tables().values())) {
      switch (table.status()) {
        case CREATING -> runOrRetry(() -> finishCreate(table.name()));
        case DELETING -> runOrRetry(() -> finishDelete(table.name()));
        case UPDATING, ACTIVE -> {
          if (maySufferLoss) {
            runOrRetry(() -> repair(table.name()));
          } else {
            installer.checkNothingIsMissing(table);
          }
          runOrRetry(() -> finishUpdate(table.name()));
          runOrRetry(() -> finishTimeToLive(table.name()));
        }
        case INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> {}
      }
    }
  }

  /**
   * Each log is its own: when writes are not forced, power loss may take what a group knew of a
   * partition, or rows of an index, and leave the table. If anything is missing or older than the
   * table says, indexes are made and items are marked from the beginning.
   */
  private void repair(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table == null || !table.servesItems()) {
      return;
    }
    TableDescriptor repaired =
        table.withDerived(
            installer.isBrought(table)
                ? table.derived().withBackfills(List.of())
                : table.derived().toMakeAgain());
    if (!repaired.equals(table)) {
      LOGGER.warn("table {} may have lost writes: what follows from its items is made anew", name);
      catalog.put(repaired);
    }
    for (GlobalIndexDescriptor index : repaired.derived().globalIndexes()) {
      if (index.status() == IndexStatus.CREATING && !index.backfilling()) {
        installer.remove(PartitionInstaller.ofIndex(repaired, index));
      }
    }
  }

  private void finishCreate(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table == null || table.status() != TableStatus.CREATING) {
      return;
    }
    installer.bring(table);
    List<GlobalIndexDescriptor> indexes =
        table.derived().globalIndexes().stream()
            .map(index -> index.withStatus(IndexStatus.ACTIVE, false))
            .toList();
    catalog.put(
        table
            .withDerived(table.derived().withGlobalIndexes(indexes))
            .withStatus(TableStatus.ACTIVE));
  }

  private void bring(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table != null && table.servesItems()) {
      installer.bring(table);
    }
  }

  private void finishUpdate(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table == null || !table.servesItems()) {
      return;
    }
    installer.bring(table);
    TableDescriptor settled =
        table.withDerived(table.derived().settled()).withStatus(TableStatus.ACTIVE);
    if (!settled.equals(table)) {
      catalog.put(settled);
    }
    backfills.follow(settled);
  }

  private void finishTimeToLive(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    TimeToLive timeToLive = table == null ? null : table.derived().timeToLive();
    if (table == null || timeToLive == null || !table.servesItems()) {
      return;
    }
    switch (timeToLive.status()) {
      case ENABLING -> {
        installer.bring(table);
        if (installer.itemCount(table) == 0) {
          // Items that come now are marked as they are written.
          putTimeToLive(table, timeToLive.withStatus(TimeToLiveStatus.ENABLED));
        } else {
          backfills.follow(table);
        }
      }
      case DISABLING -> {
        installer.bring(table);
        putTimeToLive(table, timeToLive.withStatus(TimeToLiveStatus.DISABLED));
      }
      case ENABLED, DISABLED -> {}
    }
  }

  private void putTimeToLive(TableDescriptor table, TimeToLive timeToLive)
      throws MetadataUnavailableException {
    catalog.put(table.withDerived(table.derived().withTimeToLive(timeToLive)));
  }

  private void storePositions(Backfill backfill) {
    TableDescriptor table = catalog.find(backfill.tableId());
    if (table != null && table.servesItems() && backfills.isRunning(backfill)) {
      DerivedData derived = table.derived().withBackfill(backfill.purpose(), backfill.positions());
      runOnce(() -> catalog.put(table.withDerived(derived)));
    }
  }

  private void finishBackfill(Backfill backfill) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(backfill.tableId());
    if (table == null || !table.servesItems() || !backfills.isRunning(backfill)) {
      return;
    }
    GlobalIndexDescriptor index = table.derived().globalIndex(backfill.purpose());
    TimeToLive timeToLive = table.derived().timeToLive();
    if (index != null) {
      DerivedData derived =
          table.derived().withGlobalIndex(index.withStatus(IndexStatus.ACTIVE, false));
      catalog.put(table.withDerived(derived));
    } else if (!backfill.fillsIndex() && timeToLive != null) {
      putTimeToLive(table, timeToLive.withStatus(TimeToLiveStatus.ENABLED));
    }
    backfills.forget(backfill);
  }

  private void finishDelete(String name) throws MetadataUnavailableException {
    TableDescriptor table = catalog.find(name);
    if (table == null || table.status() != TableStatus.DELETING) {
      return;
    }
    installer.removeAll(table);
    catalog.remove(name);
  }

  /** Finishes the action that runs, drops what waits, stops backfills. */
  @Override
  public void close() {
    thread.shutdown();
    backfills.close();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
        LOGGER.warn("the control plane did not stop in time");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
