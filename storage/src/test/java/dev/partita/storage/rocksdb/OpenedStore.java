package dev.partita.storage.rocksdb;

import dev.partita.base.Clock;
import dev.partita.storage.ColumnFamily;
import dev.partita.storage.Durability;
import dev.partita.storage.WriteSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A store with small memory of its own, for tests. */
final class OpenedStore implements AutoCloseable {
  private final SharedMemory memory = new SharedMemory(8 << 20, 8 << 20);
  final RocksDbStore store;

  OpenedStore(Path directory) {
    this(directory, Durability.SYNC);
  }

  OpenedStore(Path directory, Durability durability) {
    try {
      store = RocksDbStore.open(directory, durability, memory, Clock.SYSTEM);
    } catch (RuntimeException e) {
      memory.close();
      throw e;
    }
  }

  /** Writes one item, as its own log entry would. */
  void put(String key, String value) {
    WriteSet writeSet = new WriteSet();
    writeSet.put(ColumnFamily.ITEMS, bytes(key), bytes(value));
    WriteSet position = new WriteSet();
    position.put(ColumnFamily.META, bytes("position"), bytes(key));
    store.write(writeSet, position);
  }

  String get(String key) {
    byte[] value = store.get(ColumnFamily.ITEMS, bytes(key));
    return value == null ? "absent" : new String(value, StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    store.close();
    memory.close();
  }
}
