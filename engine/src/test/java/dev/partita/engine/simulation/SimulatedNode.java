package dev.partita.engine.simulation;

import dev.partita.base.ShiftableClock;
import dev.partita.engine.globalindex.IndexPropagation;
import dev.partita.engine.globalindex.PropagationDelay;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.ControlPlaneSettings;
import dev.partita.engine.metadata.MetadataUnavailableException;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.operation.Engine;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.ChangeLogUpkeep;
import dev.partita.engine.stream.Streams;
import dev.partita.engine.transaction.TransactionCoordinator;
import dev.partita.engine.transaction.TransactionFaults;
import dev.partita.engine.transaction.TransactionGroups;
import dev.partita.engine.transaction.TransactionLimits;
import dev.partita.engine.transaction.TransactionRecovery;
import dev.partita.engine.ttl.ExpirySettings;
import dev.partita.engine.ttl.ExpirySweeper;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.DescribeLimitsResponse;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.storage.ColumnFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One life of a node, wired as {@code server.Node} does it. */
final class SimulatedNode {
  static final ServerIdentity IDENTITY = new ServerIdentity("us-east-1", "000000000000");

  private static final long CONTROL_SECONDS_MAX = 60;
  private static final ExpirySettings EXPIRY = new ExpirySettings(Duration.ofMillis(500), 8, 5_000);

  private final Surroundings surroundings;
  private final Life life = new Life();
  private final List<SimulatedLog> logs = new ArrayList<>();
  private final SimulatedScheduler writers;
  private final SimulatedScheduler sideFlows;
  private final TableCatalog catalog;
  private final List<ReplicationGroup> groups;
  private final ControlPlane controlPlane;
  private final RequestRouter router;
  private final ChangeLogUpkeep upkeep;
  private final TransactionCoordinator transactions;
  private final Engine engine;

  /**
   * What outlives the node, and what it is built of.
   *
   * @param disks one for each data group, group 1 first
   */
  record Surroundings(
      Profile profile,
      Parts parts,
      Timeline timeline,
      ShiftableClock serviceClock,
      Dice dice,
      Trace trace,
      FaultCounts counts,
      SimulatedDisk metadataDisk,
      List<SimulatedDisk> disks,
      FatalErrorHandler fatalErrorHandler) {}

  /** Starts a node over what the disks hold. */
  SimulatedNode(Surroundings surroundings, LogFaults faults) {
    this.surroundings = surroundings;
    Timeline timeline = surroundings.timeline;
    Parts parts = surroundings.parts;
    Dice ids = surroundings.dice.split();
    writers = new SimulatedScheduler(timeline, life, "writer");
    sideFlows = new SimulatedScheduler(timeline, life, "side flow");
    SimulatedScheduler reads = new SimulatedScheduler(timeline, life, "read");
    SimulatedLog metadataLog =
        new SimulatedLog(surroundings.metadataDisk, ofLog("metadata log"), LogFaults.none(1));
    metadataLog.setImmediate(true);
    catalog = new TableCatalog(surroundings.metadataDisk.store(), metadataLog, timeline, ids);
    IndexPropagation propagation =
        new IndexPropagation(
            parts.propagationScheduler(new SimulatedScheduler(timeline, life, "propagation")),
            timeline,
            PropagationDelay.NONE,
            surroundings.fatalErrorHandler);
    groups = openGroups(propagation, faults, ids);
    controlPlane =
        new ControlPlane(
            catalog,
            groups,
            sideFlows,
            ids,
            surroundings.fatalErrorHandler,
            ControlPlaneSettings.DEFAULT);
    setImmediate(true);
    controlPlane.finishInterrupted(false);
    setImmediate(false);
    propagation.start(catalog, groups);
    router = new RequestRouter(catalog, groups, reads);
    upkeep =
        new ChangeLogUpkeep(
            catalog,
            groups,
            surroundings.serviceClock,
            sideFlows,
            parts.upkeep(surroundings.profile.upkeep()),
            (table, before) -> controlPlane.forgetStreams(table.name(), before),
            surroundings.fatalErrorHandler);
    upkeep.start();
    new ExpirySweeper(
            catalog,
            router,
            groups,
            parts.expiryClock(surroundings.serviceClock),
            sideFlows,
            EXPIRY,
            surroundings.fatalErrorHandler)
        .start();
    transactions =
        new TransactionCoordinator(
            parts.transactionGroups(TransactionGroups.of(groups)),
            sideFlows,
            ids,
            TransactionFaults.NONE,
            TransactionLimits.DEFAULT);
    new TransactionRecovery(transactions, timeline).start();
    engine = engine(ids);
  }

  private SimulatedLog.Surroundings ofLog(String name) {
    return new SimulatedLog.Surroundings(
        name,
        surroundings.timeline,
        life,
        surroundings.dice.split(),
        surroundings.trace,
        surroundings.counts);
  }

  private List<ReplicationGroup> openGroups(
      IndexPropagation propagation, LogFaults faults, Dice ids) {
    List<ReplicationGroup> opened = new ArrayList<>();
    for (int index = 0; index < surroundings.disks.size(); index++) {
      SimulatedDisk disk = surroundings.disks.get(index);
      SimulatedLog log = surroundings.parts.log(disk, ofLog("log " + (index + 1)), faults);
      logs.add(log);
      opened.add(
          new ReplicationGroup(
              new ReplicationGroupId(index + 1),
              disk.store(),
              log,
              surroundings.timeline,
              ids,
              writers,
              surroundings.fatalErrorHandler,
              surroundings.profile.limits(),
              propagation));
    }
    return List.copyOf(opened);
  }

  private Engine engine(Dice ids) {
    Streams streams =
        new Streams(catalog, groups, IDENTITY, surroundings.serviceClock, secret(ids));
    return new Engine(
        catalog,
        router,
        controlPlane,
        transactions,
        streams,
        IDENTITY,
        () -> "localhost:8000",
        surroundings.timeline,
        surroundings.fatalErrorHandler,
        null);
  }

  private byte[] secret(Dice ids) {
    try {
      return catalog.secret(ids);
    } catch (MetadataUnavailableException unavailable) {
      throw new AssertionError(unavailable);
    }
  }

  /** Steps of groups run at once, and their logs apply at once, while the control plane waits. */
  private void setImmediate(boolean immediate) {
    writers.setImmediate(immediate);
    logs.forEach(log -> log.setImmediate(immediate));
  }

  /** Whether nothing waits for a group and nothing is being written. */
  boolean groupsAreIdle() {
    return groups.stream().allMatch(ReplicationGroup::isIdle)
        && logs.stream().allMatch(SimulatedLog::isIdle);
  }

  /** Whether a group takes nothing more. */
  boolean isUnsettled() {
    return logs.stream().anyMatch(SimulatedLog::isUnsettled);
  }

  /**
   * Changes tables, which happens on the control plane's own thread while this one waits. Only when
   * the groups are idle.
   */
  ApiResponse control(ApiRequest request) {
    CompletableFuture<ApiResponse> answer = new CompletableFuture<>();
    setImmediate(true);
    engine.execute(request, answeringTo(answer));
    ApiResponse response = await(answer);
    settleControlPlane();
    setImmediate(false);
    return response;
  }

  /** Lets the control plane's thread do what it was asked. */
  void settleControlPlane() {
    CompletableFuture<ApiResponse> answer = new CompletableFuture<>();
    controlPlane.submit(() -> new DescribeLimitsResponse(0, 0, 0, 0), answeringTo(answer));
    await(answer);
  }

  private static ApiCallback answeringTo(CompletableFuture<ApiResponse> answer) {
    return new ApiCallback() {
      @Override
      public void completed(ApiResponse response) {
        answer.complete(response);
      }

      @Override
      public void failed(ApiError error) {
        answer.completeExceptionally(new AssertionError("refused: " + error));
      }
    };
  }

  private static ApiResponse await(CompletableFuture<ApiResponse> answer) {
    try {
      return answer.get(CONTROL_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException failed) {
      throw new AssertionError("the control plane did not answer well", failed);
    }
  }

  boolean isBackfilling() {
    return !controlPlane.backfillProgress().isEmpty();
  }

  /** Whether side flows have nothing to do but to look whether there is something to do. */
  boolean isAtRest() {
    return groupsAreIdle() && !isBackfilling() && waiting().isEmpty();
  }

  /** What keeps the node from its rest, in words. */
  String waiting() {
    StringBuilder waiting = new StringBuilder();
    for (ReplicationGroup group : groups) {
      for (PartitionDescriptor partition : group.partitions()) {
        long behind = group.lastSequence(partition.id()) - group.indexedThrough(partition.id());
        if (partition.schema().changes().globalIndexes() && behind > 0) {
          waiting.append(
              "%d changes of partition %d wait for indexes; "
                  .formatted(behind, partition.id().value()));
        }
      }
      int held = group.pendingTransactions().size() + group.committedTransactions().size();
      if (held > 0) {
        waiting.append("%d transactions in group %d; ".formatted(held, group.id().value()));
      }
    }
    return waiting.toString();
  }

  void execute(ApiRequest request, ApiCallback callback) {
    engine.execute(request, callback);
  }

  /** Has a child take over from every open shard. */
  @SuppressWarnings("FutureReturnValueIgnored") // it may fail: the shards stay open then
  void rollShards(String tableName) {
    upkeep.rollShards(table(tableName));
  }

  TableDescriptor table(String name) {
    return Objects.requireNonNull(catalog.find(name), name);
  }

  TableCatalog catalog() {
    return catalog;
  }

  List<ReplicationGroup> groups() {
    return groups;
  }

  RequestRouter router() {
    return router;
  }

  /** How many keys a family has, over all groups. */
  int sizeOf(ColumnFamily family) {
    return surroundings.disks.stream().mapToInt(disk -> disk.store().size(family)).sum();
  }

  SimulatedScheduler sideFlows() {
    return sideFlows;
  }

  /** From now on logs behave so. */
  void setFaults(LogFaults faults) {
    logs.forEach(log -> log.setFaults(faults));
  }

  /** Loses its memory. Entries in flight become durable or do not. */
  void crash() {
    life.end();
    logs.forEach(SimulatedLog::crash);
    controlPlane.close();
  }
}
