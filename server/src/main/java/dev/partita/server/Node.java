package dev.partita.server;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.base.ShiftableClock;
import dev.partita.base.ThreadScheduler;
import dev.partita.engine.control.TestControls;
import dev.partita.engine.globalindex.IndexPropagation;
import dev.partita.engine.globalindex.PropagationDelay;
import dev.partita.engine.metadata.ControlPlane;
import dev.partita.engine.metadata.ControlPlaneSettings;
import dev.partita.engine.metadata.MetadataUnavailableException;
import dev.partita.engine.operation.Engine;
import dev.partita.engine.router.ReadThreads;
import dev.partita.engine.router.RequestRouter;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.engine.stream.ChangeLogUpkeep;
import dev.partita.engine.stream.Streams;
import dev.partita.engine.stream.UpkeepSettings;
import dev.partita.engine.transaction.TransactionCoordinator;
import dev.partita.engine.transaction.TransactionFaults;
import dev.partita.engine.transaction.TransactionGroups;
import dev.partita.engine.transaction.TransactionLimits;
import dev.partita.engine.transaction.TransactionRecovery;
import dev.partita.engine.ttl.ExpirySettings;
import dev.partita.engine.ttl.ExpirySweeper;
import dev.partita.http.HttpServer;
import dev.partita.http.HttpServerConfiguration;
import dev.partita.protocol.JsonProtocol;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.server.admin.AdminEndpoint;
import dev.partita.storage.DataDirectory;
import dev.partita.storage.Durability;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;

/**
 * A running node. Parts are made from the disk upwards and closed the other way round, so that
 * nothing is used after its end.
 */
public final class Node implements AutoCloseable {
  private static final int READ_QUEUE_MAX = 20_000;
  private static final int SIDE_FLOW_THREADS = 2;

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile InetSocketAddress address = new InetSocketAddress(0);

  private Node() {}

  private void run(NodeConfiguration configuration, Clock clock, RandomSource random)
      throws IOException, MetadataUnavailableException {
    FatalErrorHandler fatalErrorHandler = FatalErrorHandler.halting();
    ServerIdentity identity = new ServerIdentity(configuration.region(), configuration.accountId());

    DataDirectory directory =
        open(
            configuration.dataDirectory() == null
                ? DataDirectory.openInMemoryMode()
                : DataDirectory.open(configuration.dataDirectory()));
    ShiftableClock serviceClock = new ShiftableClock(clock);
    ThreadScheduler scheduler = new ThreadScheduler("side-flow", SIDE_FLOW_THREADS);
    TestControls controls =
        configuration.testControls() ? new TestControls(clock, scheduler) : null;
    IndexPropagation indexPropagation =
        new IndexPropagation(
            scheduler,
            clock,
            controls == null ? PropagationDelay.NONE : controls.indexDelays(),
            fatalErrorHandler);
    DataGroups groups =
        open(
            new DataGroups(
                configuration, directory, clock, random, indexPropagation, fatalErrorHandler));
    open(scheduler);
    ReadThreads readPool = open(new ReadThreads(configuration.readThreads(), READ_QUEUE_MAX));
    ControlPlane controlPlane =
        open(
            new ControlPlane(
                groups.catalog(),
                groups.groups(),
                scheduler,
                random,
                fatalErrorHandler,
                new ControlPlaneSettings(
                    configuration.transitionDelay(), configuration.timeToLiveInterval())));
    controlPlane.finishInterrupted(configuration.durability() != Durability.SYNC);
    indexPropagation.start(groups.catalog(), groups.groups());
    ChangeLogUpkeep changeLogUpkeep =
        new ChangeLogUpkeep(
            groups.catalog(),
            groups.groups(),
            serviceClock,
            scheduler,
            UpkeepSettings.DEFAULT.withShardLifetime(configuration.shardLifetime()),
            (table, before) -> controlPlane.forgetStreams(table.name(), before),
            fatalErrorHandler);
    changeLogUpkeep.start();
    Streams streams =
        new Streams(
            groups.catalog(),
            groups.groups(),
            identity,
            serviceClock,
            groups.catalog().secret(() -> new SecureRandom().nextLong()));

    TransactionCoordinator transactions =
        new TransactionCoordinator(
            TransactionGroups.of(groups.groups()),
            scheduler,
            random,
            controls == null ? TransactionFaults.NONE : controls.heldTransactions(),
            TransactionLimits.DEFAULT);
    TransactionRecovery transactionRecovery = new TransactionRecovery(transactions, clock);
    open((AutoCloseable) transactionRecovery::stop);
    transactionRecovery.start();

    RequestRouter router =
        new RequestRouter(
            groups.catalog(),
            groups.groups(),
            readPool,
            controls == null ? null : controls.pastStates());
    ExpirySweeper expirySweeper =
        new ExpirySweeper(
            groups.catalog(),
            router,
            groups.groups(),
            serviceClock,
            scheduler,
            ExpirySettings.DEFAULT.withPollInterval(configuration.expiryPollInterval()),
            fatalErrorHandler);
    expirySweeper.start();
    Engine engine =
        new Engine(
            groups.catalog(),
            router,
            controlPlane,
            transactions,
            streams,
            identity,
            () -> address.getHostString() + ":" + address.getPort(),
            clock,
            fatalErrorHandler,
            controls == null ? null : controls.requestFailures());
    JsonProtocol protocol = new JsonProtocol(engine);
    AdminGate admin =
        new AdminGate(
            new AdminMaker(
                configuration.host(),
                this::address,
                identity,
                groups,
                changeLogUpkeep,
                expirySweeper,
                transactions,
                scheduler,
                clock,
                serviceClock,
                clock.wallMillis(),
                controls));
    listen(configuration, protocol, admin, clock, random);
    // Closed before the HTTP server, which waits for answers: they end what may take long.
    if (controls != null) {
      open(controls);
    }
    open(admin);
  }

  private void listen(
      NodeConfiguration configuration,
      JsonProtocol protocol,
      AdminGate admin,
      Clock clock,
      RandomSource random)
      throws IOException {
    HttpServer http =
        open(
            new HttpServer(
                HttpServerConfiguration.builder()
                    .host(configuration.host())
                    .port(configuration.port())
                    .eventLoops(configuration.eventLoops())
                    .privatePath(AdminEndpoint.PATH)
                    .build(),
                new ApiHandler(protocol, admin),
                new ApiErrorPages(protocol),
                clock,
                new SplittableRandom(random.nextLong())));
    address = http.start();
  }

  /**
   * Starts a node; it serves requests when this returns.
   *
   * @throws IllegalArgumentException if the configuration has errors, all of them in the message
   * @throws dev.partita.storage.StorageException if the data directory cannot be used, is in use or
   *     is damaged
   * @throws IOException if it cannot listen
   */
  public static Node start(NodeConfiguration configuration) throws IOException {
    if (!configuration.errors().isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", configuration.errors()));
    }
    Node node = new Node();
    try {
      node.run(configuration, Clock.SYSTEM, RandomSource.SYSTEM);
      return node;
    } catch (MetadataUnavailableException unavailable) {
      node.close();
      throw new IOException(
          "the metadata cannot be written: " + unavailable.getMessage(), unavailable);
    } catch (IOException | RuntimeException failed) {
      node.close();
      throw failed;
    }
  }

  private <T extends AutoCloseable> T open(T part) {
    parts.push(part);
    return part;
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Finishes what is being answered and stops. Closing twice does nothing. */
  @Override
  public void close() {
    RuntimeException firstFailure = null;
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception failed) {
        if (firstFailure == null) {
          firstFailure = new IllegalStateException("stopping the node failed", failed);
        } else {
          firstFailure.addSuppressed(failed);
        }
      }
    }
    if (firstFailure != null) {
      throw firstFailure;
    }
  }
}
