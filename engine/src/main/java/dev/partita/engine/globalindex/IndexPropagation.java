package dev.partita.engine.globalindex;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ChangeListener;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.replication.FatalErrorHandler;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The propagators of a node. Made before the groups, which it listens to; it carries nothing before
 * {@link #start}.
 */
public final class IndexPropagation implements ChangeListener {
  private static final long LOOK_AGAIN_MILLIS = 1_000;

  private final Scheduler scheduler;
  private final Clock clock;
  private final PropagationDelay delay;
  private final FatalErrorHandler fatalErrorHandler;
  private final Map<PartitionId, IndexPropagator> propagators = new ConcurrentHashMap<>();
  private volatile @Nullable TableCatalog catalog;
  private volatile List<ReplicationGroup> groups = List.of();

  /** Propagators whose steps {@code scheduler} runs. */
  public IndexPropagation(
      Scheduler scheduler,
      Clock clock,
      PropagationDelay delay,
      FatalErrorHandler fatalErrorHandler) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.delay = delay;
    this.fatalErrorHandler = fatalErrorHandler;
  }

  /** Begins to carry what is recorded, also by earlier runs of the node. Called once. */
  public void start(TableCatalog tables, List<ReplicationGroup> dataGroups) {
    groups = List.copyOf(dataGroups);
    catalog = tables;
    lookAgain();
  }

  /** Finds partitions that nobody was told of: those with records of an earlier run. */
  private void lookAgain() {
    for (ReplicationGroup group : groups) {
      for (PartitionDescriptor descriptor : group.partitions()) {
        recorded(descriptor);
      }
    }
    scheduler.schedule(this::lookAgain, LOOK_AGAIN_MILLIS);
  }

  @Override
  public void recorded(PartitionDescriptor descriptor) {
    if (!descriptor.schema().changes().globalIndexes()) {
      return;
    }
    IndexPropagator propagator = propagators.get(descriptor.id());
    if (propagator == null) {
      propagator = create(descriptor);
    }
    if (propagator != null) {
      propagator.wake();
    }
  }

  private @Nullable IndexPropagator create(PartitionDescriptor descriptor) {
    TableDescriptor table = table(descriptor.tableId());
    if (table == null) {
      return null;
    }
    for (PartitionPlacement placement : table.partitions()) {
      if (placement.partition().equals(descriptor.id())) {
        return propagators.computeIfAbsent(
            descriptor.id(), _ -> new IndexPropagator(this, table.tableId(), placement));
      }
    }
    return null;
  }

  /** The table of this id; null if there is none (any more). */
  @Nullable TableDescriptor table(int tableId) {
    TableCatalog tables = catalog;
    return tables == null ? null : tables.find(tableId);
  }

  ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }

  void forget(IndexPropagator propagator) {
    propagators.remove(propagator.partition(), propagator);
  }

  long delayMillis(String tableName) {
    return delay.millis(tableName);
  }

  long wallMillis() {
    return clock.wallMillis();
  }

  void execute(Runnable step) {
    scheduler.execute(() -> guarded(step));
  }

  void schedule(Runnable step, long delayMillis) {
    scheduler.schedule(() -> guarded(step), delayMillis);
  }

  /** A change log that cannot be read is damage: going on would leave the index without rows. */
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException broken) {
      fatalErrorHandler.fatal("carrying changes to a global index failed", broken);
    }
  }
}
