package dev.partita.engine.partition;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The commands that wait for a group's writer: bounded by bytes, fair among tables. One table may
 * hold at most half of the bytes, and a batch takes one command of each table in turn.
 */
final class CommandQueue {
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<Integer, Waiting> byTable = new LinkedHashMap<>();
  private final long bytesMax;
  private long bytes;

  private static final class Waiting {
    final ArrayDeque<GroupCommand> commands = new ArrayDeque<>();
    long bytes;
  }

  CommandQueue(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** False if there is no room for the command. */
  boolean offer(GroupCommand command) {
    lock.lock();
    try {
      Waiting waiting = byTable.computeIfAbsent(command.tableId(), _ -> new Waiting());
      int size = command.queuedBytes();
      if (bytes + size > bytesMax || waiting.bytes + size > bytesMax / 2) {
        return false;
      }
      waiting.commands.add(command);
      waiting.bytes += size;
      bytes += size;
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Takes up to {@code countMax} commands, those of a table in the order in which they came. */
  List<GroupCommand> take(int countMax) {
    lock.lock();
    try {
      List<GroupCommand> taken = new ArrayList<>();
      while (!byTable.isEmpty() && taken.size() < countMax) {
        takeOneOfEach(taken, countMax);
      }
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private void takeOneOfEach(List<GroupCommand> taken, int countMax) {
    boolean alone = byTable.size() == 1;
    Iterator<Waiting> tables = byTable.values().iterator();
    while (tables.hasNext() && taken.size() < countMax) {
      Waiting waiting = tables.next();
      do {
        GroupCommand command = waiting.commands.poll();
        if (command == null) {
          break;
        }
        waiting.bytes -= command.queuedBytes();
        bytes -= command.queuedBytes();
        taken.add(command);
      } while (alone && taken.size() < countMax);
      if (waiting.commands.isEmpty()) {
        tables.remove();
      }
    }
  }

  boolean isEmpty() {
    lock.lock();
    try {
      return byTable.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** The bytes that wait. */
  long bytes() {
    lock.lock();
    try {
      return bytes;
    } finally {
      lock.unlock();
    }
  }
}
