package dev.partita.engine.simulation;

import dev.partita.storage.format.ItemKeyFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Partition keys that are spread evenly: of four in a row each lies in another partition. */
final class KeyNames {
  private static final int PARTITION_BITS = 2;
  private static final int PARTITIONS = 1 << PARTITION_BITS;

  private KeyNames() {}

  /** So many names. */
  static List<String> of(String prefix, int count) {
    List<String> names = new ArrayList<>();
    for (int number = 0; names.size() < count; number++) {
      String name = prefix + number;
      long hash = ItemKeyFormat.hash(name.getBytes(StandardCharsets.UTF_8));
      if (hash >>> (Long.SIZE - PARTITION_BITS) == names.size() % PARTITIONS) {
        names.add(name);
      }
    }
    return names;
  }
}
