package dev.partita.engine.control;

import dev.partita.engine.globalindex.PropagationDelay;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long changes of a table stay away from its global indexes. */
public final class IndexDelays implements PropagationDelay {
  private final Map<String, Long> millisByTable = new ConcurrentHashMap<>();

  IndexDelays() {}

  /** Sets the delay of a table; 0 for none. */
  public void delay(String tableName, long millis) {
    if (millis == 0) {
      millisByTable.remove(tableName);
    } else {
      millisByTable.put(tableName, millis);
    }
  }

  /** Carries nothing to the indexes of a table. */
  public void hold(String tableName) {
    millisByTable.put(tableName, HELD);
  }

  @Override
  public long millis(String tableName) {
    Long millis = millisByTable.get(tableName);
    return millis == null ? 0 : millis;
  }

  /** The delays that are set, {@link #HELD} among them, by table. */
  public Map<String, Long> delays() {
    return Map.copyOf(millisByTable);
  }

  void reset() {
    millisByTable.clear();
  }
}
