package dev.partita.engine.simulation;

import dev.partita.base.ShiftableClock;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.scrub.IndexScrubber;
import dev.partita.engine.scrub.ScrubReport;
import dev.partita.model.Item;
import dev.partita.model.api.ScanResponse;
import dev.partita.storage.ColumnFamily;
import dev.partita.testing.history.LinearizabilityChecker;
import dev.partita.testing.history.Verdict;
import dev.partita.testing.history.append.Anomaly;
import dev.partita.testing.history.append.ListAppendChecker;
import dev.partita.testing.history.append.ListTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What must hold of a node that has come to rest. */
final class FinalChecks {
  private static final long LINEARIZABILITY_STEPS_MAX = 3_000_000;
  private static final int STEPS_MAX = 300_000;
  private static final int RECORDS_PER_READ = 9;
  private static final Duration UNTIL_ALL_IS_EXPIRED = Duration.ofMinutes(1);
  private static final Duration UNTIL_STREAMS_ARE_TRIMMED = Duration.ofHours(25);

  private final Simulation simulation;
  private final SimulatedNode node;
  private final Writes writes;
  private final ShiftableClock serviceClock;
  private final RegisterWorkload registers;
  private final ListWorkload lists;
  private final BankWorkload bank;
  private final StreamWorkload streams;

  FinalChecks(
      Simulation simulation,
      SimulatedNode node,
      Writes writes,
      ShiftableClock serviceClock,
      RegisterWorkload registers,
      ListWorkload lists,
      BankWorkload bank,
      StreamWorkload streams) {
    this.simulation = simulation;
    this.node = node;
    this.writes = writes;
    this.serviceClock = serviceClock;
    this.registers = registers;
    this.lists = lists;
    this.bank = bank;
    this.streams = streams;
  }

  /** What there was to judge. */
  record Found(
      int registerOperations,
      int linearizabilityGivenUp,
      int listTransactions,
      int tokenReplays,
      int bankReads,
      int streamRecords,
      int shards,
      int expired) {}

  Found check() {
    simulation.askAll(registers.readAll());
    simulation.askAll(lists.readAll());
    simulation.askAll(List.of(bank.readAll()));
    int givenUp = checkRegisters();
    checkLists();
    scrub();
    serviceClock.shift(UNTIL_ALL_IS_EXPIRED);
    simulation.until(
        () -> node.sizeOf(ColumnFamily.EXPIRY) == 0 && node.isAtRest(),
        "items to expire",
        STEPS_MAX);
    int records = 0;
    int expired = 0;
    int shards = 0;
    for (String table : Tables.ALL) {
      List<Item> items = scan(table, null);
      StreamFollower follower = readStream(table);
      StreamCheck check = new StreamCheck(table, writes, serviceClock);
      check.check(follower.records(), items);
      StreamFollower older = streams.follower(table);
      readOn(older);
      new StreamCheck(table, writes, serviceClock).check(older.records(), items);
      records += follower.records().size();
      expired += check.expired();
      shards += follower.shardCount();
      new IndexCheck(node, table, items, this::scan).check();
    }
    scrub();
    checkNothingIsLeft();
    return new Found(
        registers.history().size(),
        givenUp,
        lists.history().size(),
        lists.replays(),
        bank.reads(),
        records,
        shards,
        expired);
  }

  private int checkRegisters() {
    Verdict verdict =
        new LinearizabilityChecker(LINEARIZABILITY_STEPS_MAX).check(registers.history());
    return switch (verdict) {
      case Verdict.Linearizable _ -> 0;
      case Verdict.GivenUp _ -> 1;
      case Verdict.Violated violated ->
          throw new SimulationFailure("not linearizable: " + violated);
    };
  }

  private void checkLists() {
    List<Anomaly> anomalies =
        new ListAppendChecker(ListAppendChecker.Promise.STRICTLY_SERIALIZABLE)
            .check(lists.history());
    if (!anomalies.isEmpty()) {
      throw new SimulationFailure("lists: " + anomalies);
    }
    for (ListTransaction transaction : lists.history()) {
      if (transaction.end() < transaction.start()) {
        throw new SimulationFailure("a transaction ended before it began: " + transaction);
      }
    }
  }

  /** All items or rows, page by page. */
  private List<Item> scan(String table, @Nullable String index) {
    List<Item> items = new ArrayList<>();
    Item startKey = null;
    do {
      ScanResponse page = (ScanResponse) simulation.ask(Requests.scan(table, index, startKey));
      items.addAll(Objects.requireNonNull(page.items()));
      startKey = page.lastEvaluatedKey();
    } while (startKey != null);
    return items;
  }

  private StreamFollower readStream(String table) {
    StreamDescriptor stream = Objects.requireNonNull(node.table(table).derived().latestStream());
    StreamFollower follower =
        new StreamFollower(
            SimulatedNode.IDENTITY.streamArn(table, stream.label()), RECORDS_PER_READ);
    readOn(follower);
    return follower;
  }

  private void readOn(StreamFollower follower) {
    while (!follower.isAtTheEnd()) {
      follower.take(simulation.ask(follower.next()));
    }
  }

  /** The product's own check must come to the same end. */
  private void scrub() {
    List<ScrubReport> reports = new ArrayList<>();
    try (IndexScrubber scrubber =
        new IndexScrubber(node.catalog(), node.groups(), node.sideFlows(), serviceClock)) {
      scrubber.start(List.copyOf(node.catalog().tables().values()), null, reports::addAll);
      simulation.until(() -> reports.size() == Tables.ALL.size(), "the scrubber", STEPS_MAX);
    }
    for (ScrubReport report : reports) {
      if (!report.isClean()) {
        throw new SimulationFailure("the scrubber found " + report);
      }
    }
  }

  /** Records come of age and tokens expire, which takes long: nothing of them is kept. */
  private void checkNothingIsLeft() {
    serviceClock.shift(UNTIL_STREAMS_ARE_TRIMMED);
    simulation.until(
        () -> node.sizeOf(ColumnFamily.CHANGES) == 0, "change logs to be trimmed", STEPS_MAX);
    if (simulation.isPatient()) {
      simulation.until(
          () -> node.sizeOf(ColumnFamily.TRANSACTIONS) == 0,
          "ledgers and tokens to be swept",
          STEPS_MAX);
    }
    simulation.until(node::isAtRest, "rest", STEPS_MAX);
  }
}
