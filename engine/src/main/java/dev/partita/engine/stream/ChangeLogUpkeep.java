package dev.partita.engine.stream;

import dev.partita.base.InvariantBrokenException;
import dev.partita.base.Scheduler;
import dev.partita.base.ShiftableClock;
import dev.partita.engine.change.ChangeLogState;
import dev.partita.engine.change.StreamShard;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionCounters;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.replication.FatalErrorHandler;
import dev.partita.storage.DamagedFileException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the change logs of this node's partitions short: trims what indexes and streams have left
 * behind, lets a child take over from a shard that is old enough, and has streams forgotten whose
 * time is over.
 *
 * <p>Works in rounds over all partitions, one group after the other, as steps with little work
 * each: a step ends when it has looked at some partitions or has commands to submit, and the next
 * begins when they are answered. So the groups never have more than a few of its commands waiting.
 */
public final class ChangeLogUpkeep {
  private static final Logger LOGGER = LoggerFactory.getLogger(ChangeLogUpkeep.class);
  private static final int LOOKS_PER_STEP_MAX = 200;
  private static final int COMMANDS_PER_STEP_MAX = 4;

  private final TableCatalog catalog;
  private final List<ReplicationGroup> groups;
  private final ShiftableClock serviceClock;
  private final Scheduler scheduler;
  private final UpkeepSettings settings;
  private final StreamForgetter forgetter;
  private final FatalErrorHandler fatalErrorHandler;
  private final StreamRetention retention;

  /** What the round has still to look at. The steps' own, as the next two. */
  private final Deque<Look> looks = new ArrayDeque<>();

  private final Map<Integer, TableDescriptor> tables = new HashMap<>();
  private final Map<PartitionId, PartitionUpkeep> partitions = new HashMap<>();

  private record Look(ReplicationGroup group, PartitionDescriptor partition) {}

  /**
   * Does nothing before {@link #start}.
   *
   * @param groups the data groups, group 1 first
   * @param serviceClock by which records and shards age
   * @param forgetter told of streams whose time is over
   */
  public ChangeLogUpkeep(
      TableCatalog catalog,
      List<ReplicationGroup> groups,
      ShiftableClock serviceClock,
      Scheduler scheduler,
      UpkeepSettings settings,
      StreamForgetter forgetter,
      FatalErrorHandler fatalErrorHandler) {
    this.catalog = catalog;
    this.groups = List.copyOf(groups);
    this.serviceClock = serviceClock;
    this.scheduler = scheduler;
    this.settings = settings;
    this.forgetter = forgetter;
    this.fatalErrorHandler = fatalErrorHandler;
    this.retention = new StreamRetention(serviceClock, settings.retention().toMillis());
  }

  /** Begins; the scheduler's end is its end. */
  public void start() {
    scheduler.execute(this::step);
  }

  /**
   * Lets a child take over from every open shard of a table's stream.
   *
   * @return how many partitions answered that it is so; others have none or could not
   */
  public CompletableFuture<Integer> rollShards(TableDescriptor table) {
    CompletableFuture<Integer> rolled = new CompletableFuture<>();
    List<PartitionPlacement> placements = table.partitions();
    AtomicInteger waiting = new AtomicInteger(placements.size());
    AtomicInteger done = new AtomicInteger();
    for (PartitionPlacement placement : placements) {
      PartitionId id = placement.partition();
      ReplicationGroup group = group(placement.group());
      PartitionDescriptor descriptor = group.descriptor(id);
      boolean streamed = descriptor != null && descriptor.schema().changes().streamId() != 0;
      Consumer<Outcome> answered =
          outcome -> {
            if (streamed && outcome instanceof Outcome.Applied) {
              done.incrementAndGet();
            }
            if (waiting.decrementAndGet() == 0) {
              rolled.complete(done.get());
            }
          };
      group.submit(new GroupCommand.RollShard(id, table.tableId(), answered));
    }
    return rolled;
  }

  /** What waits in the change logs of a table. Reads the first record of each partition's. */
  public ChangeLogStatistics statistics(TableDescriptor table) {
    long records = 0;
    long oldestAge = 0;
    long indexLag = 0;
    for (PartitionPlacement placement : table.partitions()) {
      ReplicationGroup group = group(placement.group());
      PartitionId id = placement.partition();
      PartitionDescriptor descriptor = group.descriptor(id);
      ChangeLogState log = group.changeLog(id);
      PartitionCounters counters = group.counters(id);
      if (descriptor == null || log == null || counters == null) {
        continue;
      }
      if (descriptor.schema().changes().globalIndexes()) {
        indexLag += Math.max(0, counters.lastSequence() - group.indexedThrough(id));
      }
      LoggedChange first = StreamRetention.changeFrom(group, id, log.trimmedThrough() + 1);
      if (first != null) {
        records += Math.max(1, counters.lastSequence() - first.sequence() + 1);
        oldestAge = Math.max(oldestAge, retention.ageMillis(first));
      }
    }
    return new ChangeLogStatistics(table.name(), records, oldestAge, indexLag);
  }

  private void step() {
    try {
      if (looks.isEmpty()) {
        beginRound();
      }
      List<Submission> commands = new ArrayList<>();
      for (int looked = 0; looked < LOOKS_PER_STEP_MAX; looked++) {
        Look look = looks.poll();
        if (look == null || commands.size() >= COMMANDS_PER_STEP_MAX) {
          if (look != null) {
            looks.addFirst(look);
          }
          break;
        }
        decide(look, commands);
      }
      submit(commands);
    } catch (DamagedFileException | InvariantBrokenException damaged) {
      fatalErrorHandler.fatal("a change log is damaged", damaged);
    } catch (RuntimeException defect) {
      LOGGER.error("the upkeep of change logs failed and is tried again", defect);
      looks.clear();
      next();
    }
  }

  /** A command without its callback. */
  private record Submission(
      ReplicationGroup group, Function<Consumer<Outcome>, GroupCommand> command) {}

  private void beginRound() {
    tables.clear();
    for (TableDescriptor table : catalog.tables().values()) {
      tables.put(table.tableId(), table);
      forgetStreams(table);
    }
    Map<PartitionId, PartitionUpkeep> known = new HashMap<>(partitions);
    partitions.clear();
    for (ReplicationGroup group : groups) {
      for (PartitionDescriptor partition : group.partitions()) {
        if (tables.containsKey(partition.tableId())) {
          looks.add(new Look(group, partition));
          PartitionUpkeep upkeep = known.get(partition.id());
          if (upkeep != null) {
            partitions.put(partition.id(), upkeep);
          }
        }
      }
    }
  }

  private void forgetStreams(TableDescriptor table) {
    long before = 0;
    for (StreamDescriptor stream : table.derived().streams()) {
      if (retention.isOver(stream.disabled())) {
        before = Math.max(before, stream.disabled() + 1);
      }
    }
    if (before > 0) {
      forgetter.forgetStreams(table, before);
    }
  }

  private void decide(Look look, List<Submission> commands) {
    TableDescriptor table = tables.get(look.partition.tableId());
    if (table == null) {
      return;
    }
    PartitionId id = look.partition.id();
    int tableId = table.tableId();
    long now = serviceClock.wallMillis();
    if (isShardOld(look)) {
      commands.add(
          new Submission(
              look.group, callback -> new GroupCommand.RollShard(id, tableId, callback)));
    }
    PartitionUpkeep upkeep =
        partitions.computeIfAbsent(id, _ -> new PartitionUpkeep(retention, now));
    PartitionUpkeep.@Nullable Advance advance =
        upkeep.decide(look.group, look.partition, table.derived().streams(), now);
    if (advance != null) {
      commands.add(
          new Submission(
              look.group,
              callback ->
                  new GroupCommand.AdvanceChangeLog(
                      id,
                      tableId,
                      advance.indexedThrough(),
                      advance.trimThrough(),
                      advance.forgottenBefore(),
                      callback)));
    }
  }

  private boolean isShardOld(Look look) {
    long streamId = look.partition.schema().changes().streamId();
    ChangeLogState log = streamId == 0 ? null : look.group.changeLog(look.partition.id());
    StreamShard open = log == null ? null : log.openShard(streamId);
    return open != null
        && serviceClock.ageMillis(open.opened()) >= settings.shardLifetime().toMillis();
  }

  /** Submits the commands of a step; the next step comes when all are answered. */
  private void submit(List<Submission> commands) {
    if (commands.isEmpty()) {
      next();
      return;
    }
    AtomicInteger waiting = new AtomicInteger(commands.size());
    for (Submission command : commands) {
      command.group.submit(
          command.command.apply(outcome -> {
            logUnlessApplied(outcome);
            if (waiting.decrementAndGet() == 0) {
              next();
            }
          }));
    }
  }

  /** What could not be done now is decided again in the next round. */
  private static void logUnlessApplied(Outcome outcome) {
    if (!(outcome instanceof Outcome.Applied)) {
      LOGGER.debug("upkeep of a change log has to wait: {}", outcome);
    }
  }

  private void next() {
    if (looks.isEmpty()) {
      scheduler.schedule(this::step, settings.pollInterval().toMillis());
    } else {
      scheduler.execute(this::step);
    }
  }

  private ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }
}
