package dev.partita.engine.scrub;

import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.metadata.PartitionMap;
import dev.partita.engine.partition.ReplicationGroup;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.engine.partition.StoredItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads several values and survives those that are damaged. */
final class RowReads {
  private final List<ReplicationGroup> groups;

  /** Over the data groups, group 1 first. */
  RowReads(List<ReplicationGroup> groups) {
    this.groups = groups;
  }

  /**
   * What was read under a key.
   *
   * @param damaged whether there is something that cannot be read
   * @param row null if there is nothing, or it is damaged
   */
  record Read(boolean damaged, @Nullable StoredItem row) {}

  ReplicationGroup group(ReplicationGroupId id) {
    return groups.get(id.value() - 1);
  }

  /** Reads rows of a table or global index as they are now, in the order of their keys. */
  List<Read> now(PartitionMap map, List<byte[]> keys) {
    Map<ReplicationGroupId, List<Integer>> byGroup = new HashMap<>();
    for (int place = 0; place < keys.size(); place++) {
      byGroup
          .computeIfAbsent(map.placement(keys.get(place)).group(), _ -> new ArrayList<>())
          .add(place);
    }
    Read[] reads = new Read[keys.size()];
    byGroup.forEach((id, places) -> {
      List<Read> ofGroup = each(places.stream().map(keys::get).toList(), group(id).items()::read);
      for (int index = 0; index < places.size(); index++) {
        reads[places.get(index)] = ofGroup.get(index);
      }
    });
    return List.of(reads);
  }

  /** Reads all keys at once, or one by one if that meets damage. */
  static List<Read> each(
      List<byte[]> keys, Function<List<byte[]>, List<@Nullable StoredItem>> reader) {
    List<Read> reads = new ArrayList<>(keys.size());
    try {
      for (StoredItem row : reader.apply(keys)) {
        reads.add(new Read(false, row));
      }
      return reads;
    } catch (InvariantBrokenException damage) {
      reads.clear();
    }
    for (byte[] key : keys) {
      try {
        reads.add(new Read(false, reader.apply(List.of(key)).getFirst()));
      } catch (InvariantBrokenException damage) {
        reads.add(new Read(true, null));
      }
    }
    return reads;
  }
}
