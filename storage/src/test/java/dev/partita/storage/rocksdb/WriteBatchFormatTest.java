package dev.partita.storage.rocksdb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.partita.storage.ColumnFamily;
import dev.partita.storage.WriteSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

class WriteBatchFormatTest {

  /** Families other than the default, as RocksDB leaves the default's id out of its records. */
  @Test
  void recordsOfAWriteSetAreThoseOfRocksDb(@TempDir Path directory) throws RocksDBException {
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    Random random = new Random(1);
    try (DBOptions options =
            new DBOptions().setCreateIfMissing(true).setCreateMissingColumnFamilies(true);
        RocksDB database =
            RocksDB.open(
                options,
                directory.toString(),
                List.of(
                    new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY),
                    new ColumnFamilyDescriptor("items".getBytes(StandardCharsets.UTF_8))),
                handles);
        WriteBatch batch = new WriteBatch()) {
      WriteSet writeSet = new WriteSet();
      for (int index = 0; index < 200; index++) {
        byte[] key = new byte[1 + random.nextInt(300)];
        byte[] value = new byte[random.nextInt(20_000)];
        byte[] end = Arrays.copyOf(key, key.length + 1);
        batch.put(handles.get(1), key, value);
        batch.delete(handles.get(1), key);
        batch.deleteRange(handles.get(1), key, end);
        writeSet.put(ColumnFamily.ITEMS, key, value);
        writeSet.delete(ColumnFamily.ITEMS, key);
        writeSet.deleteRange(ColumnFamily.ITEMS, key, end);
      }
      byte[] expected = batch.data();
      byte[] records = new byte[writeSet.byteSize() - WriteSet.HEADER_BYTES];
      writeSet.copyRecords(records, 0);
      assertArrayEquals(
          Arrays.copyOfRange(expected, WriteSet.HEADER_BYTES, expected.length), records);
      handles.forEach(ColumnFamilyHandle::close);
      database.cancelAllBackgroundWork(true);
    }
  }
}
