package dev.partita.engine.control;

import dev.partita.engine.transaction.PlannedAction;
import dev.partita.engine.transaction.Transaction;
import dev.partita.engine.transaction.TransactionFaults;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Transactions that stand still after their items were locked, before they are decided. */
public final class HeldTransactions implements TransactionFaults {
  private final Set<Integer> tableIds = ConcurrentHashMap.newKeySet();
  private final List<Held> waiting = new ArrayList<>();

  HeldTransactions() {}

  private record Held(Transaction transaction, Runnable decide) {}

  /** Holds transactions that begin from now on and touch a table. */
  public void hold(int tableId) {
    tableIds.add(tableId);
  }

  /**
   * Lets transactions go on that touch a table and no other that is held.
   *
   * @return how many go on now
   */
  public int release(int tableId) {
    tableIds.remove(tableId);
    return goOn();
  }

  /** Lets all go on. */
  int releaseAll() {
    tableIds.clear();
    return goOn();
  }

  private int goOn() {
    List<Runnable> released = new ArrayList<>();
    synchronized (waiting) {
      for (Iterator<Held> held = waiting.iterator(); held.hasNext(); ) {
        Held next = held.next();
        if (!holds(next.transaction)) {
          held.remove();
          released.add(next.decide);
        }
      }
    }
    released.forEach(Runnable::run);
    return released.size();
  }

  /** Whether transactions that touch a table are held. */
  public boolean isHeld(int tableId) {
    return tableIds.contains(tableId);
  }

  /** How many stand still. */
  public int waitingCount() {
    synchronized (waiting) {
      return waiting.size();
    }
  }

  @Override
  public boolean holds(Transaction transaction) {
    if (tableIds.isEmpty()) {
      return false;
    }
    for (PlannedAction action : transaction.actions()) {
      if (tableIds.contains(action.item().tableId())) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void hold(Transaction transaction, Runnable decide) {
    synchronized (waiting) {
      if (holds(transaction)) {
        waiting.add(new Held(transaction, decide));
        return;
      }
    }
    decide.run(); // Released meanwhile.
  }
}
