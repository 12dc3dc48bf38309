package dev.partita.engine.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.partita.base.RandomSource;
import dev.partita.base.Scheduler;
import dev.partita.engine.fake.SettableClock;
import dev.partita.engine.partition.ChangeListener;
import dev.partita.engine.partition.CommittedTransaction;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.GroupLimits;
import dev.partita.engine.partition.ItemEffect;
import dev.partita.engine.partition.ItemMutation;
import dev.partita.engine.partition.MemoryLog;
import dev.partita.engine.partition.MemoryStore;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PartitionDescriptor;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.PartitionSchema;
import dev.partita.engine.partition.PendingTransaction;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.StoredItem;
import dev.partita.engine.partition.TransactionItem;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.Item;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.format.ItemKeyFormat;
import dev.partita.storage.format.KeyRange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Several groups, each with one partition of a table of the same number, whose steps the test runs
 * one at a time. A crash drops everything but the stores.
 */
final class SteppedGroups implements TransactionGroups {
  /** Appends an x to the value of an item. */
  static final ItemMutation COUNT =
      current -> {
        String value = (current == null ? "" : valueOf(current)) + "x";
        Item item = Item.of(Map.<String, AttributeValue>of("v", new StringValue(value)));
        return new ItemEffect.Put(item, item.size());
      };

  static final ItemMutation FAIL = _ -> new ItemEffect.ConditionFailed();

  private static final byte[] NO_SORT_KEY = {};

  final SettableClock clock = new SettableClock();
  final List<MemoryLog> logs = new ArrayList<>();
  private final List<MemoryStore> stores = new ArrayList<>();
  private final List<ReplicationGroup> groups = new ArrayList<>();

  /** The steps of each group's writer, and at the end those of the scheduler. */
  private List<ArrayDeque<Runnable>> steps;

  private int lastQueue;
  private PriorityQueue<Delayed> delayed = new PriorityQueue<>(Delayed.ORDER);
  private long delayedCount;

  /** What happens to commands on their way to a group. */
  UnaryOperator<GroupCommand> onTheWay = command -> command;

  private record Delayed(long at, long number, Runnable step) {
    static final Comparator<Delayed> ORDER =
        Comparator.comparingLong(Delayed::at).thenComparingLong(Delayed::number);
  }

  SteppedGroups(int count) {
    for (int number = 1; number <= count; number++) {
      MemoryStore store = new MemoryStore();
      stores.add(store);
      logs.add(new MemoryLog(store));
    }
    steps = noSteps();
    open();
    for (int number = 1; number <= count; number++) {
      KeyRange range =
          KeyRange.of(ItemKeyFormat.hashBoundary(number, 0), ItemKeyFormat.tableEnd(number));
      groups
          .get(number - 1)
          .submit(
              new GroupCommand.InstallPartition(
                  new PartitionDescriptor(
                      new PartitionId(number), number, 1, 1, range, PartitionSchema.PLAIN),
                  _ -> {}));
    }
    run();
  }

  /** Only what is in the stores survives. */
  void crash() {
    steps = noSteps();
    delayed = new PriorityQueue<>(Delayed.ORDER);
    onTheWay = command -> command;
    open();
  }

  private List<ArrayDeque<Runnable>> noSteps() {
    List<ArrayDeque<Runnable>> none = new ArrayList<>();
    for (int queue = 0; queue <= stores.size(); queue++) {
      none.add(new ArrayDeque<>());
    }
    return none;
  }

  private void open() {
    groups.clear();
    for (int index = 0; index < stores.size(); index++) {
      ArrayDeque<Runnable> ownSteps = steps.get(index);
      groups.add(
          new ReplicationGroup(
              new ReplicationGroupId(index + 1),
              stores.get(index),
              logs.get(index),
              clock,
              RandomSource.SYSTEM,
              ownSteps::add,
              (message, cause) -> {
                throw new IllegalStateException(message, cause);
              },
              GroupLimits.DEFAULT,
              ChangeListener.NONE));
    }
  }

  /** Steps that the scheduler runs; those of before a crash are gone. */
  Scheduler scheduler() {
    ArrayDeque<Runnable> ownSteps = steps.getLast();
    PriorityQueue<Delayed> ownDelayed = delayed;
    return new Scheduler() {
      @Override
      public void execute(Runnable step) {
        ownSteps.add(step);
      }

      @Override
      public void schedule(Runnable step, long delayMillis) {
        ownDelayed.add(new Delayed(clock.wallMillis() + delayMillis, delayedCount++, step));
      }
    };
  }

  /** Runs one step, of each queue in turn; false if there is none. */
  boolean step() {
    for (int tried = 0; tried < steps.size(); tried++) {
      lastQueue = (lastQueue + 1) % steps.size();
      if (step(lastQueue)) {
        return true;
      }
    }
    return false;
  }

  /** Runs the next step of a queue; false if there is none. */
  boolean step(int queue) {
    Runnable step = steps.get(queue).poll();
    if (step == null) {
      return false;
    }
    step.run();
    return true;
  }

  int queueCount() {
    return steps.size();
  }

  ReplicationGroup group(int number) {
    return groups.get(number - 1);
  }

  /** Runs all steps that wait, and those that they bring. */
  void run() {
    while (step()) {
      // The step is all that there is to do.
    }
  }

  /** Lets time pass, with all that is to happen in it. */
  void pass(long millis) {
    long end = clock.wallMillis() + millis;
    for (Delayed next = delayed.peek(); next != null && next.at <= end; next = delayed.peek()) {
      delayed.poll();
      clock.advance(Duration.ofMillis(Math.max(0, next.at - clock.wallMillis())));
      next.step.run();
      run();
    }
    clock.advance(Duration.ofMillis(end - clock.wallMillis()));
  }

  @Override
  public List<ReplicationGroupId> ids() {
    return groups.stream().map(ReplicationGroup::id).toList();
  }

  @Override
  public void submit(ReplicationGroupId group, GroupCommand command) {
    groups.get(group.value() - 1).submit(onTheWay.apply(command));
  }

  @Override
  public List<PendingTransaction> pendingTransactions(ReplicationGroupId group) {
    return groups.get(group.value() - 1).pendingTransactions();
  }

  @Override
  public List<CommittedTransaction> committedTransactions(ReplicationGroupId group) {
    return groups.get(group.value() - 1).committedTransactions();
  }

  static PlannedAction action(int group, String partitionKey, ItemMutation mutation) {
    return new PlannedAction(
        new ReplicationGroupId(group),
        new TransactionItem(new PartitionId(group), group, 1, key(group, partitionKey), mutation),
        1);
  }

  static byte[] key(int group, String partitionKey) {
    return ItemKeyFormat.encode(group, partitionKey.getBytes(StandardCharsets.UTF_8), NO_SORT_KEY);
  }

  /** The value of an item; null if there is none. */
  @Nullable String value(int group, String partitionKey) {
    StoredItem item = groups.get(group - 1).items().read(key(group, partitionKey));
    return item == null ? null : valueOf(item);
  }

  static String valueOf(StoredItem item) {
    return assertInstanceOf(StringValue.class, item.item().get("v")).value();
  }

  /** What a single write comes to. */
  Outcome write(int group, String partitionKey) {
    List<Outcome> outcomes = new ArrayList<>();
    groups
        .get(group - 1)
        .submit(
            new GroupCommand.WriteItem(
                new PartitionId(group),
                group,
                1,
                key(group, partitionKey),
                COUNT,
                1,
                outcomes::add));
    run();
    assertEquals(1, outcomes.size());
    return outcomes.getFirst();
  }

  /** Records of transactions in all stores, tokens and their marks included. */
  int transactionRecords() {
    return stores.stream().mapToInt(store -> store.size(ColumnFamily.TRANSACTIONS)).sum();
  }

  /** Entries that all logs have taken. */
  int entries() {
    return logs.stream().mapToInt(MemoryLog::entries).sum();
  }
}
