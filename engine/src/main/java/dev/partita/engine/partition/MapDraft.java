package dev.partita.engine.partition;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A map as a batch changes it: over the map itself until the batch is applied. */
final class MapDraft<K, V> {
  private final Map<K, V> base;
  private final Map<K, Optional<V>> changes = new HashMap<>();

  MapDraft(Map<K, V> base) {
    this.base = base;
  }

  @Nullable V get(K key) {
    Optional<V> changed = changes.get(key);
    return changed == null ? base.get(key) : changed.orElse(null);
  }

  void put(K key, V value) {
    changes.put(key, Optional.of(value));
  }

  void remove(K key) {
    changes.put(key, Optional.empty());
  }

  void apply() {
    changes.forEach((key, value) -> {
      if (value.isPresent()) {
        base.put(key, value.get());
      } else {
        base.remove(key);
      }
    });
  }
}
