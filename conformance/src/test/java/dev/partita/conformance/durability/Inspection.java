package dev.partita.conformance.durability;

import dev.partita.testing.reference.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Compares what a restarted server holds with the histories of a load, cut at a moment. */
final class Inspection {

  /**
   * Something that must not be.
   *
   * @param isLoss whether something acknowledged is not there; otherwise there is something that
   *     never was
   */
  record Finding(boolean isLoss, String text) {}

  private final RecordedLoad load;
  private final long moment;
  private final List<Finding> findings = new ArrayList<>();

  private Inspection(RecordedLoad load, long moment) {
    this.load = load;
    this.moment = moment;
  }

  /** All that must not be; empty if all is well. */
  static List<Finding> of(URI address, RecordedLoad load, long moment) {
    Inspection inspection = new Inspection(load, moment);
    try (TableClient client = new TableClient(address)) {
      load.tables().forEach((name, table) -> inspection.inspectTable(client, name, table));
    }
    return inspection.findings;
  }

  private void inspectTable(TableClient client, String name, History<TableState> history) {
    Optional<Json.ObjectOf> description = client.settledTable(name);
    if (description.isEmpty()) {
      checkTable(name, TableState.ABSENT, history);
      return;
    }
    Map<String, Json.ObjectOf> items = client.scan(name);
    boolean isProtected =
        description.get().member("DeletionProtectionEnabled").equals(Optional.of(Json.flag(true)));
    if (name.equals(RecordedLoad.TABLE)) {
      checkTable(name, new TableState(true, isProtected, 0), history);
      load.items().forEach((key, item) -> checkItem(key, version(items, key), item));
    } else {
      int version = version(items, RecordedLoad.ONLY_KEY);
      checkTable(name, new TableState(true, isProtected, version), history);
    }
    inspectCounters(name, description.get(), items);
    // A table that is there takes writes.
    TableClient.succeeded(client.put(name, "afterwards", 1));
  }

  private void inspectCounters(
      String table, Json.ObjectOf description, Map<String, Json.ObjectOf> items) {
    long bytes = 0;
    for (String key : items.keySet()) {
      bytes += VersionedItem.byteSize(key, version(items, key));
    }
    String counted =
        TableClient.number(description, "ItemCount")
            + " items of "
            + TableClient.number(description, "TableSizeBytes")
            + " bytes";
    String found = items.size() + " items of " + bytes + " bytes";
    if (!counted.equals(found)) {
      report(false, table + " counts " + counted + ", Scan finds " + found);
    }
  }

  private int version(Map<String, Json.ObjectOf> items, String key) {
    Json.ObjectOf item = items.get(key);
    if (item == null) {
      return 0;
    }
    int version = VersionedItem.claimedVersion(item);
    if (!item.equals(VersionedItem.json(key, version))) {
      report(false, key + " is half done: " + item.print());
    }
    return version;
  }

  private void checkItem(String key, int version, History<Integer> history) {
    List<Integer> possible = history.possibleAt(moment);
    if (!possible.contains(version)) {
      report(history.had(version), key + " is " + version + ", not one of " + possible);
    }
  }

  /** Table and item lie in different groups; without fsync they may be of different moments. */
  private void checkTable(String name, TableState state, History<TableState> history) {
    List<TableState> possible = history.possibleAt(moment);
    if (!possible.contains(state)) {
      report(true, name + " is " + state + ", not one of " + possible);
    }
  }

  private void report(boolean isLoss, String text) {
    findings.add(new Finding(isLoss, text));
  }
}
