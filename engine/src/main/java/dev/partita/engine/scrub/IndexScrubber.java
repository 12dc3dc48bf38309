package dev.partita.engine.scrub;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.engine.metadata.TableCatalog;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.storage.StoreClosedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks tables, one check at a time, in steps between which other side flows run. A check reads
 * and never writes; it holds a snapshot of one group at a time.
 */
public final class IndexScrubber implements AutoCloseable {
  /** How many differences a check lists, over all its tables. */
  public static final int LISTED_MAX = 100;

  private static final Logger LOGGER = LoggerFactory.getLogger(IndexScrubber.class);
  private static final String STOPPING = "the server stops";
  private static final String GONE = "the table was deleted during the check";
  private static final long WAIT_MILLIS = 50;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final TableCatalog catalog;
  private final RowReads reads;
  private final Scheduler scheduler;
  private final Clock clock;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable Check running;
  private boolean closed;

  /**
   * A scrubber that is idle.
   *
   * @param groups the data groups, group 1 first
   */
  public IndexScrubber(
      TableCatalog catalog, List<ReplicationGroup> groups, Scheduler scheduler, Clock clock) {
    this.catalog = catalog;
    this.reads = new RowReads(List.copyOf(groups));
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /**
   * Starts to check tables.
   *
   * @param indexName the only index to check; null for all of them and everything else
   * @param done takes a report for each table, once, on any thread
   * @return false if a check is running already or the scrubber is closed
   */
  public boolean start(
      List<TableDescriptor> tables, @Nullable String indexName, Consumer<List<ScrubReport>> done) {
    Check check = new Check(tables, indexName, done);
    lock.lock();
    try {
      if (running != null || closed) {
        return false;
      }
      running = check;
    } finally {
      lock.unlock();
    }
    scheduler.execute(() -> step(check));
    return true;
  }

  /** A check that runs. Guarded by the scrubber's lock. */
  private final class Check {
    private final Queue<TableDescriptor> tables;
    private final @Nullable String indexName;
    private final Consumer<List<ScrubReport>> done;
    private final List<ScrubReport> reports = new ArrayList<>();
    private int listed;
    private long started;
    private @Nullable TableDescriptor table;
    private @Nullable Findings findings;
    private @Nullable TableScrub scrub;

    Check(
        List<TableDescriptor> tables,
        @Nullable String indexName,
        Consumer<List<ScrubReport>> done) {
      this.tables = new ArrayDeque<>(tables);
      this.indexName = indexName;
      this.done = done;
    }

    /** One step; a table whose check fails does not keep the others from theirs. */
    ScrubPart.Progress step() {
      if (scrub == null) {
        TableDescriptor next = tables.poll();
        if (next == null) {
          return ScrubPart.Progress.DONE;
        }
        begin(next);
      }
      try {
        ScrubPart.Progress progress = scrub == null ? ScrubPart.Progress.DONE : scrub.step();
        if (progress == ScrubPart.Progress.DONE) {
          finish("");
          return ScrubPart.Progress.MORE;
        }
        return progress;
      } catch (StoreClosedException stopping) {
        finish(STOPPING);
      } catch (RuntimeException broken) {
        LOGGER.error("checking a table failed: table={}", name(), broken);
        finish(String.valueOf(broken.getMessage()));
      }
      return ScrubPart.Progress.MORE;
    }

    private String name() {
      return table == null ? "" : table.name();
    }

    private void begin(TableDescriptor next) {
      table = next;
      started = clock.monotonicNanos();
      Findings fresh = new Findings(next, LISTED_MAX - listed);
      findings = fresh;
      scrub = new TableScrub(catalog, ScrubScope.of(next, indexName), reads, fresh);
    }

    /** Ends the table that is being checked, if there is one. */
    void finish(String failure) {
      if (scrub != null) {
        scrub.close();
        scrub = null;
      }
      if (findings != null && table != null) {
        boolean gone = catalog.find(table.tableId()) == null;
        long millis = (clock.monotonicNanos() - started) / NANOS_PER_MILLI;
        ScrubReport report = findings.report(gone && failure.isEmpty() ? GONE : failure, millis);
        listed += report.differences().size();
        reports.add(report);
        findings = null;
      }
    }
  }

  private void step(Check check) {
    ScrubPart.Progress progress;
    lock.lock();
    try {
      if (running != check) {
        return;
      }
      progress = check.step();
      if (progress == ScrubPart.Progress.DONE) {
        running = null;
      }
    } finally {
      lock.unlock();
    }
    switch (progress) {
      case MORE -> scheduler.execute(() -> step(check));
      case WAIT -> scheduler.schedule(() -> step(check), WAIT_MILLIS);
      case DONE -> check.done.accept(List.copyOf(check.reports));
    }
  }

  /** Ends a check that runs, so that no snapshot is held any more. */
  @Override
  public void close() {
    Check ended;
    lock.lock();
    try {
      closed = true;
      ended = running;
      running = null;
      if (ended != null) {
        ended.finish(STOPPING);
      }
    } finally {
      lock.unlock();
    }
    if (ended != null) {
      ended.done.accept(List.copyOf(ended.reports));
    }
  }
}
