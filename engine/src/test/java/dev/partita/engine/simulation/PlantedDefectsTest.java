package dev.partita.engine.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.base.ShiftableClock;
import dev.partita.engine.partition.CommittedTransaction;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.partition.Outcome;
import dev.partita.engine.partition.PendingTransaction;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.TransactionCommand;
import dev.partita.engine.stream.UpkeepSettings;
import dev.partita.engine.transaction.TransactionGroups;
import dev.partita.replication.AppendOutcome;
import dev.partita.replication.LogEntry;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.WriteSet;
import dev.partita.storage.WriteSetVisitor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulation finds defects: each of these, planted in what the node is built of. */
class PlantedDefectsTest {
  private static final int SEEDS_MAX = 25;

  private static void mustBeFound(Parts defect, String... words) {
    for (long seed = 1; seed <= SEEDS_MAX; seed++) {
      try {
        Simulation.run(seed, defect);
      } catch (SimulationFailure found) {
        String message = String.valueOf(found.getMessage());
        for (String word : words) {
          if (message.contains(word)) {
            return;
          }
        }
        throw new AssertionError("found as something else", found);
      }
    }
    fail("not found");
  }

  @Test
  void aLogThatAppliesAnEntryTwice() {
    mustBeFound(
        new Parts() {
          @Override
          SimulatedDisk disk() {
            return new SimulatedDisk() {
              @Override
              void duplicate(LogEntry entry) {
                store().apply(entry.writeSet());
              }
            };
          }
        },
        "stream of",
        "not linearizable",
        "indexes of",
        "the bank",
        "lists:",
        "waited in vain",
        "the node halts");
  }

  @Test
  void aLogThatAcknowledgesWhatIsNotWritten() {
    mustBeFound(
        new Parts() {
          @Override
          SimulatedLog log(
              SimulatedDisk disk, SimulatedLog.Surroundings surroundings, LogFaults faults) {
            return new SimulatedLog(disk, surroundings, faults) {
              @Override
              AppendOutcome finish(LogEntry entry) {
                AppendOutcome outcome = super.finish(entry);
                return outcome instanceof AppendOutcome.Unknown && !isApplied(entry)
                    ? new AppendOutcome.Applied(entry.position())
                    : outcome;
              }

              private boolean isApplied(LogEntry entry) {
                return disk.position().equals(entry.position());
              }
            };
          }
        },
        "stream of",
        "not linearizable",
        "indexes of",
        "the bank",
        "lists:",
        "waited in vain",
        "the node halts");
  }

  @Test
  void aLogThatRefusesWhatItHasApplied() {
    mustBeFound(
        new Parts() {
          @Override
          SimulatedLog log(
              SimulatedDisk disk, SimulatedLog.Surroundings surroundings, LogFaults faults) {
            return new SimulatedLog(disk, surroundings, faults) {
              @Override
              AppendOutcome finish(LogEntry entry) {
                AppendOutcome outcome = super.finish(entry);
                return outcome instanceof AppendOutcome.Unknown
                    ? new AppendOutcome.NotAppended(AppendOutcome.Reason.NOT_LEADER)
                    : outcome;
              }
            };
          }
        },
        "stream of",
        "not linearizable",
        "lists:");
  }

  /** A write set that lacks a part: here the record of a change, now and then. */
  @Test
  void aDiskThatLosesPartOfAWriteSet() {
    mustBeFound(
        new Parts() {
          @Override
          SimulatedLog log(
              SimulatedDisk disk, SimulatedLog.Surroundings surroundings, LogFaults faults) {
            return new SimulatedLog(disk, surroundings, faults) {
              @Override
              AppendOutcome finish(LogEntry entry) {
                return super.finish(entry.batchNumber() % 20 == 0 ? torn(entry) : entry);
              }
            };
          }
        },
        "stream of",
        "indexes of",
        "the scrubber");
  }

  private static LogEntry torn(LogEntry entry) {
    WriteSet kept = new WriteSet();
    entry
        .writeSet()
        .forEach(
            new WriteSetVisitor() {
              @Override
              public void put(ColumnFamily family, byte[] key, byte[] value) {
                if (family != ColumnFamily.CHANGES) {
                  kept.put(family, key, value);
                }
              }

              @Override
              public void delete(ColumnFamily family, byte[] key) {
                kept.delete(family, key);
              }

              @Override
              public void deleteRange(ColumnFamily family, byte[] start, byte[] end) {
                kept.deleteRange(family, start, end);
              }
            });
    return new LogEntry(
        entry.groupEpoch(), entry.batchNumber(), entry.batchId(), entry.hybridTime(), kept);
  }

  @Test
  void aPropagatorThatForgetsToSendAgain() {
    mustBeFound(
        new Parts() {
          @Override
          Scheduler propagationScheduler(Scheduler scheduler) {
            return new Scheduler() {
              @Override
              public void execute(Runnable step) {
                scheduler.execute(step);
              }

              @Override
              public void schedule(Runnable step, long delayMillis) {
                if (delayMillis > 500) {
                  scheduler.schedule(step, delayMillis);
                }
              }
            };
          }
        },
        "wait for indexes");
  }

  @Test
  void anUpkeepThatTrimsWhatIsStillToBeRead() {
    mustBeFound(
        new Parts() {
          @Override
          UpkeepSettings upkeep(UpkeepSettings settings) {
            return new UpkeepSettings(
                settings.pollInterval(), Duration.ofSeconds(30), settings.shardLifetime());
          }
        },
        "stream of",
        "TRIMMED_DATA_ACCESS");
  }

  @Test
  void aSweeperWhoseClockIsFast() {
    mustBeFound(
        new Parts() {
          @Override
          Clock expiryClock(Clock serviceClock) {
            ShiftableClock fast = new ShiftableClock(serviceClock);
            fast.shift(Duration.ofSeconds(3));
            return fast;
          }
        },
        "deleted before its time");
  }

  @Test
  void aRecoveryThatCommitsWhatIsNotDecided() {
    mustBeFound(
        withGroups((group, command, groups) -> {
          if (command instanceof TransactionCommand.ResolveTransaction resolve) {
            resolve.callback().accept(new Outcome.TransactionDecided(true, 1));
          } else {
            groups.submit(group, command);
          }
        }),
        "stream of",
        "lists:",
        "the bank",
        "waited in vain");
  }

  @Test
  void aCoordinatorThatDoesNotPrepareInTheLedgerGroupWithTokens() {
    mustBeFound(
        withGroups((group, command, groups) ->
            groups.submit(
                group,
                command instanceof TransactionCommand.PrepareTransaction prepare
                    ? withoutToken(prepare)
                    : command)),
        "stream of",
        "lists:",
        "a token");
  }

  private static TransactionCommand withoutToken(TransactionCommand.PrepareTransaction prepare) {
    return new TransactionCommand.PrepareTransaction(
        prepare.id(),
        prepare.ledger(),
        prepare.isLedger(),
        prepare.items(),
        null,
        prepare.queuedBytes(),
        prepare.callback());
  }

  @Test
  void aCoordinatorThatDoesNotFinish() {
    mustBeFound(
        withGroups((group, command, groups) -> {
          if (command instanceof TransactionCommand.FinishTransaction finish) {
            finish.callback().accept(new Outcome.TransactionFinished());
          } else {
            groups.submit(group, command);
          }
        }),
        "stream of",
        "lists:",
        "the bank",
        "waited in vain");
  }

  private interface Submission {
    void submit(ReplicationGroupId group, GroupCommand command, TransactionGroups groups);
  }

  private static Parts withGroups(Submission submission) {
    return new Parts() {
      @Override
      TransactionGroups transactionGroups(TransactionGroups groups) {
        return new TransactionGroups() {
          @Override
          public List<ReplicationGroupId> ids() {
            return groups.ids();
          }

          @Override
          public void submit(ReplicationGroupId group, GroupCommand command) {
            submission.submit(group, command, groups);
          }

          @Override
          public List<PendingTransaction> pendingTransactions(ReplicationGroupId group) {
            return groups.pendingTransactions(group);
          }

          @Override
          public List<CommittedTransaction> committedTransactions(ReplicationGroupId group) {
            return groups.committedTransactions(group);
          }
        };
      }
    };
  }
}
