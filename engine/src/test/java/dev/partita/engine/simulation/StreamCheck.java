package dev.partita.engine.simulation;

import static dev.partita.engine.simulation.Values.number;

import dev.partita.base.ShiftableClock;
import dev.partita.model.Item;
import dev.partita.model.api.StreamEventName;
import dev.partita.model.api.StreamRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stream tells the history of every item of its table: each image is the one before, each
 * write is there once, what was refused is not, and in the end the items are as the table has them.
 */
final class StreamCheck {
  private static final String SERVICE = "dynamodb.amazonaws.com";

  private final String table;
  private final Writes writes;
  private final ShiftableClock serviceClock;
  private final Map<String, Item> items = new HashMap<>();
  private final Map<String, Integer> removals = new HashMap<>();
  private final Set<Long> written = new HashSet<>();
  private final Set<String> eventIds = new HashSet<>();
  private int expired;

  StreamCheck(String table, Writes writes, ShiftableClock serviceClock) {
    this.table = table;
    this.writes = writes;
    this.serviceClock = serviceClock;
  }

  /** How many records tell that time to live deleted an item. */
  int expired() {
    return expired;
  }

  /** Follows all records; {@code present} are the items that the table holds. */
  void check(List<StreamRecord> records, List<Item> present) {
    records.forEach(this::follow);
    Map<String, Item> expected = new HashMap<>();
    present.forEach(item -> expected.put(Tables.itemName(table, item), item));
    require(
        expected.equals(items),
        "the stream leads to other items: " + items + ", there are " + expected);
    for (Writes.Write write : writes.all().values()) {
      if (write.item().startsWith(table + "/")) {
        require(
            write.fate() != Writes.Fate.DONE || written.contains(write.number()),
            "a write that was acknowledged is not in the stream: " + write);
      }
    }
    removals.forEach((item, count) -> {
      Writes.Deletes deletes = writes.deletes(item);
      require(
          deletes.done <= count && count <= deletes.done + deletes.open,
          "%s was removed %d times, %d certainly, %d perhaps"
              .formatted(item, count, deletes.done, deletes.open));
    });
  }

  private void follow(StreamRecord record) {
    Item before = record.dynamodb().oldImage();
    Item after = record.dynamodb().newImage();
    String name = Tables.itemName(table, record.dynamodb().keys());
    require(eventIds.add(record.eventId()), "twice: " + record);
    require(
        Objects.equals(items.get(name), before),
        "the old image is not the new image before, " + items.get(name) + ": " + record);
    require(record.eventName() == eventName(before, after), "another event: " + record);
    if (after == null) {
      items.remove(name);
      removed(name, before, record);
    } else {
      items.put(name, after);
      long number = number(after, Writes.ATTRIBUTE).orElse(0L);
      Writes.Write write = writes.all().get(number);
      require(write != null && write.item().equals(name), "from no write: " + record);
      require(written.add(number), "a write took place twice: " + record);
      require(
          write == null || write.fate() != Writes.Fate.REFUSED,
          "a write that was refused took place: " + record);
      require(record.userIdentity() == null, "a client's write has a user identity: " + record);
    }
  }

  private static StreamEventName eventName(@Nullable Item before, @Nullable Item after) {
    if (after == null) {
      return StreamEventName.REMOVE;
    }
    return before == null ? StreamEventName.INSERT : StreamEventName.MODIFY;
  }

  private void removed(String name, @Nullable Item before, StreamRecord record) {
    var identity = record.userIdentity();
    if (identity == null) {
      removals.merge(name, 1, Integer::sum);
      return;
    }
    expired++;
    require(identity.principalId().equals(SERVICE), "another identity: " + record);
    long expiry = number(before, ExpiringWorkload.EXPIRY).orElse(Long.MAX_VALUE);
    double deleted = record.dynamodb().approximateCreationDateTime();
    long now = serviceClock.translate((long) (deleted * 1000) + 999) / 1000;
    require(expiry <= now, "deleted before its time, at " + now + ": " + record);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new SimulationFailure("stream of " + table + ": " + otherwise);
    }
  }
}
