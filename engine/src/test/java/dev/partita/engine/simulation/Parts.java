package dev.partita.engine.simulation;

import dev.partita.base.Clock;
import dev.partita.base.Scheduler;
import dev.partita.engine.stream.UpkeepSettings;
import dev.partita.engine.transaction.TransactionGroups;

/** What a node is built of. Defects are planted by overriding one of the methods. */
class Parts {
  SimulatedDisk disk() {
    return new SimulatedDisk();
  }

  SimulatedLog log(SimulatedDisk disk, SimulatedLog.Surroundings surroundings, LogFaults faults) {
    return new SimulatedLog(disk, surroundings, faults);
  }

  /** What runs the steps of index propagation. */
  Scheduler propagationScheduler(Scheduler scheduler) {
    return scheduler;
  }

  /** What transactions and their recovery send to the groups. */
  TransactionGroups transactionGroups(TransactionGroups groups) {
    return groups;
  }

  /** What time to live goes by. */
  Clock expiryClock(Clock serviceClock) {
    return serviceClock;
  }

  UpkeepSettings upkeep(UpkeepSettings settings) {
    return settings;
  }
}
