package dev.partita.engine.simulation;

import dev.partita.base.ShiftableClock;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.api.ApiCallback;
import dev.partita.model.api.ApiError;
import dev.partita.model.api.ApiRequest;
import dev.partita.model.api.ApiResponse;
import dev.partita.model.api.ProjectionType;
import dev.partita.model.api.TransactWriteItem;
import dev.partita.model.api.TransactWriteItemsRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a seed: tables are made; clients work while logs fail and the node crashes; then
 * faults stop, everything comes to rest and {@link FinalChecks} judges it.
 */
final class Simulation {
  private static final int STEPS_MAX = 100_000;
  private static final int REST_STEPS_MAX = 40_000;
  private static final int UNSETTLED_NANOS_MAX = 150_000_000;
  private static final int INDEX_CHANGE_STEPS = 4_000;
  private static final int SHIFTS_PER_MILLION_STEPS = 300;
  private static final int PATIENT_SEEDS = 5;
  private static final String ADDED_INDEX = "added";

  private final long seed;
  private final Dice dice;
  private final Profile profile;
  private final Trace trace = new Trace();
  private final FaultCounts counts = new FaultCounts();
  private final Timeline timeline;
  private final ShiftableClock serviceClock;
  private final SimulatedNode.Surroundings surroundings;
  private final Writes writes = new Writes();
  private final RegisterWorkload registers;
  private final ExpiringWorkload expiring;
  private final ListWorkload lists;
  private final BankWorkload bank;
  private final StreamWorkload streams = new StreamWorkload();
  private final Clients clients;
  private SimulatedNode node;
  private LogFaults faults;
  private @Nullable String fatal;
  private long crashAtNanos = Long.MAX_VALUE;
  private long steps;
  private int indexChanges;
  private int transactions;
  private int transactionsOverGroups;

  /** What a run was like. */
  record Report(
      long seed,
      Profile profile,
      FaultCounts counts,
      long steps,
      long traceDigest,
      int requests,
      int transactions,
      int transactionsOverGroups,
      List<Integer> itemsByGroup,
      FinalChecks.Found found) {}

  private Simulation(long seed, Parts parts) {
    this.seed = seed;
    this.dice = new Dice(seed);
    this.profile = Profile.of(dice.split());
    this.timeline = new Timeline(dice.split(), trace, profile.disorderPercent());
    this.serviceClock = new ShiftableClock(timeline);
    List<SimulatedDisk> disks = new ArrayList<>();
    for (int group = 0; group < profile.groups(); group++) {
      disks.add(parts.disk());
    }
    this.surroundings =
        new SimulatedNode.Surroundings(
            profile,
            parts,
            timeline,
            serviceClock,
            dice.split(),
            trace,
            counts,
            new SimulatedDisk(),
            List.copyOf(disks),
            this::fatal);
    this.registers = new RegisterWorkload(writes);
    this.expiring = new ExpiringWorkload(writes, serviceClock);
    this.lists = new ListWorkload(writes);
    this.bank = new BankWorkload(writes);
    this.clients =
        new Clients(
            profile,
            dice.split(),
            timeline,
            trace,
            List.of(registers, registers, expiring, lists, lists, bank, streams),
            this::execute);
    this.faults = LogFaults.none(profile.faults().delayMicrosMax());
    this.node = new SimulatedNode(surroundings, faults);
  }

  /**
   * Runs a seed to its end.
   *
   * @throws SimulationFailure if anything was wrong; it tells the seed and what happened last
   */
  static Report run(long seed, Parts parts) {
    Simulation simulation = new Simulation(seed, parts);
    try {
      return simulation.run();
    } catch (RuntimeException | AssertionError failed) {
      throw new SimulationFailure(
          "seed %d, step %d (%s): %s%n%s%nthe last steps, by microseconds:%n%s"
              .formatted(
                  seed,
                  simulation.steps,
                  simulation.counts,
                  failed.getMessage(),
                  simulation.profile,
                  simulation.trace.tail()),
          failed);
    } finally {
      simulation.node.crash();
    }
  }

  private void fatal(String message, Throwable cause) {
    fatal = message + ": " + cause;
    throw new SimulationFailure("the node halts: " + message, cause);
  }

  private void execute(ApiRequest request, ApiCallback callback) {
    if (request instanceof TransactWriteItemsRequest(var actions, var _, var _, var _)
        && actions.size() > 1) {
      transactions++;
      transactionsOverGroups += actions.stream().map(this::groupOf).distinct().count() > 1 ? 1 : 0;
    }
    node.execute(request, callback);
  }

  private ReplicationGroupId groupOf(TransactWriteItem action) {
    Item key =
        switch (action) {
          case TransactWriteItem.Put put -> put.item();
          case TransactWriteItem.Update update -> update.key();
          case TransactWriteItem.Delete delete -> delete.key();
          case TransactWriteItem.ConditionCheck check -> check.key();
        };
    TableDescriptor table = node.table(action.tableName());
    return table.partitionMap().placement(ItemKeys.ofKey(table, key)).group();
  }

  private Report run() {
    node.control(RegisterWorkload.table());
    node.control(ExpiringWorkload.table());
    node.control(ExpiringWorkload.timeToLive());
    node.control(ListWorkload.table());
    node.control(BankWorkload.table());
    for (String table : Tables.ALL) {
      StreamDescriptor stream = Objects.requireNonNull(node.table(table).derived().latestStream());
      streams.follow(table, SimulatedNode.IDENTITY.streamArn(table, stream.label()));
    }
    bank.open().forEach(clients::ask);
    until(clients::areIdle, "accounts to be opened", REST_STEPS_MAX);
    faults = profile.faults();
    node.setFaults(faults);
    clients.start();
    disturbUntilDone();
    faults = LogFaults.none(faults.delayMicrosMax());
    node.setFaults(faults);
    if (node.isUnsettled()) {
      crash();
    }
    until(clients::areIdle, "answers", REST_STEPS_MAX);
    until(() -> node.isAtRest(), "rest", REST_STEPS_MAX);
    FinalChecks.Found found =
        new FinalChecks(this, node, writes, serviceClock, registers, lists, bank, streams).check();
    return new Report(
        seed,
        profile,
        counts,
        steps,
        trace.digest(),
        clients.sent(),
        transactions,
        transactionsOverGroups,
        itemsByGroup(),
        found);
  }

  private void disturbUntilDone() {
    long first = steps;
    while (!clients.areDone()) {
      step();
      if (steps - first > STEPS_MAX) {
        throw new SimulationFailure("clients are not done: " + clients.waiting());
      }
      disturb();
    }
  }

  private void disturb() {
    if (node.isUnsettled() && crashAtNanos == Long.MAX_VALUE) {
      crashAtNanos = timeline.monotonicNanos() + dice.below(UNSETTLED_NANOS_MAX);
    }
    if (timeline.monotonicNanos() >= crashAtNanos || dice.perMillion(profile.crashes())) {
      crash();
    }
    if (dice.perMillion(profile.shardRolls())) {
      node.rollShards(dice.oneOf(Tables.ALL));
    }
    if (dice.perMillion(SHIFTS_PER_MILLION_STEPS)) {
      serviceClock.shift(Duration.ofMillis(dice.below(3_000)));
    }
    if (indexChanges < profile.indexChanges()
        && steps > (long) INDEX_CHANGE_STEPS * (indexChanges + 1)
        && node.groupsAreIdle()
        && !node.isUnsettled()) {
      changeIndexes();
    }
  }

  /** Adds an index, or deletes it, finished or not. */
  private void changeIndexes() {
    indexChanges++;
    if (node.table(RegisterWorkload.TABLE).derived().globalIndex(ADDED_INDEX) != null) {
      node.control(Requests.deleteIndex(RegisterWorkload.TABLE, ADDED_INDEX));
    } else {
      node.control(
          Requests.addIndex(
              RegisterWorkload.TABLE,
              List.of(
                  Requests.attribute("s", AttributeType.N),
                  Requests.attribute("a", AttributeType.N)),
              Requests.globalIndex(ADDED_INDEX, Requests.key("s", "a"), ProjectionType.ALL)));
    }
  }

  private void crash() {
    counts.crashes++;
    crashAtNanos = Long.MAX_VALUE;
    trace.add(timeline.monotonicNanos(), "crash");
    node.crash();
    clients.serverIsGone();
    node = new SimulatedNode(surroundings, faults);
  }

  /** The next step, whatever it is. */
  private void step() {
    boolean backfilling = node.isBackfilling();
    if (!timeline.runNext()) {
      throw new SimulationFailure("nothing is left to do");
    }
    steps++;
    if (backfilling) {
      node.settleControlPlane();
    }
    if (fatal != null) {
      throw new SimulationFailure("the node halts: " + fatal);
    }
  }

  /** Goes on until {@code holds}. */
  void until(BooleanSupplier holds, String what, int stepsMax) {
    for (int count = 0; !holds.getAsBoolean(); count++) {
      if (count > stepsMax) {
        throw new SimulationFailure(
            "waited in vain for %s: %s %s".formatted(what, clients.waiting(), node.waiting()));
      }
      step();
    }
  }

  /** Sends a request that must succeed, and gives the answer. */
  ApiResponse ask(ApiRequest request) {
    List<ApiResponse> answers = new ArrayList<>();
    node.execute(
        request,
        new ApiCallback() {
          @Override
          public void completed(ApiResponse response) {
            answers.add(response);
          }

          @Override
          public void failed(ApiError error) {
            throw new SimulationFailure("without faults " + request + " got " + error);
          }
        });
    until(() -> !answers.isEmpty(), "an answer", REST_STEPS_MAX);
    return answers.getFirst();
  }

  /** Sends the requests of clients that must succeed, one after the other. */
  void askAll(List<Exchange> exchanges) {
    for (Exchange exchange : exchanges) {
      clients.ask(exchange);
      until(clients::areIdle, "an answer", REST_STEPS_MAX);
    }
  }

  /** Whether it waits until even tokens are forgotten, ten minutes of many steps. */
  boolean isPatient() {
    return seed % PATIENT_SEEDS == 0;
  }

  /** Items of tables, without rows of indexes. */
  private List<Integer> itemsByGroup() {
    int[] items = new int[profile.groups()];
    for (String table : Tables.ALL) {
      for (PartitionPlacement placement : node.table(table).partitions()) {
        int group = placement.group().value() - 1;
        PartitionCounters counters = node.groups().get(group).counters(placement.partition());
        items[group] += counters == null ? 0 : (int) counters.itemCount();
      }
    }
    return Arrays.stream(items).boxed().toList();
  }
}
