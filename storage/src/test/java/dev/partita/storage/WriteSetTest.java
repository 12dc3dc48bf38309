package dev.partita.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WriteSetTest {

  @Test
  void keepsOperationsInOrderThroughEncoding() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      List<String> expected = new ArrayList<>();
      WriteSet writeSet = randomWriteSet(random, expected);
      String message = "seed " + seed;
      assertEquals(expected, operations(writeSet), message);
      assertEquals(expected.size(), writeSet.operationCount(), message);
      assertEquals(expected.isEmpty(), writeSet.isEmpty(), message);
      byte[] encoded = writeSet.encode();
      assertEquals(encoded.length, writeSet.byteSize(), message);
      WriteSet decoded = WriteSet.decode(encoded);
      assertEquals(expected, operations(decoded), message);
      assertEquals(writeSet.digest(), decoded.digest(), message);
      assertArrayEquals(encoded, decoded.encode(), message);
    }
  }

  @Test
  void refusesEveryFlippedBit() {
    WriteSet writeSet = new WriteSet();
    writeSet.put(ColumnFamily.ITEMS, new byte[] {1, 2}, new byte[200]);
    writeSet.delete(ColumnFamily.META, new byte[] {3});
    writeSet.deleteRange(ColumnFamily.ITEMS, new byte[] {1}, new byte[] {2});
    byte[] encoded = writeSet.encode();
    for (int bit = 0; bit < encoded.length * 8; bit++) {
      byte[] damaged = encoded.clone();
      damaged[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThrows(IllegalArgumentException.class, () -> WriteSet.decode(damaged), "bit " + bit);
    }
  }

  @Test
  void refusesEveryTruncation() {
    WriteSet writeSet = new WriteSet();
    writeSet.put(ColumnFamily.ITEMS, new byte[] {1, 2}, new byte[30]);
    byte[] encoded = writeSet.encode();
    for (int length = 0; length < encoded.length; length++) {
      byte[] cut = Arrays.copyOf(encoded, length);
      assertThrows(IllegalArgumentException.class, () -> WriteSet.decode(cut), "length " + length);
    }
  }

  /** A matching checksum is no reason to trust the structure: a defect may have written it. */
  @Test
  void refusesBrokenStructureUnderAMatchingChecksum() {
    for (String records :
        List.of(
            "0500", // ends inside the key's length
            "05000201", // key shorter than stated
            "0500010105", // no value
            "050001010501", // value shorter than stated
            "0506010100", // unknown family
            "0480010100", // unknown family, negative
            "06000101", // unknown kind
            "0e0001020101", // range whose start is above its end
            "0400ffffffffff7f")) { // endless length
      byte[] encoded = new byte[WriteSet.HEADER_BYTES + records.length() / 2];
      encoded[0] = 1;
      encoded[8] = 1;
      byte[] bytes = HexFormat.of().parseHex(records);
      System.arraycopy(bytes, 0, encoded, WriteSet.HEADER_BYTES, bytes.length);
      var checksum = new java.util.zip.CRC32C();
      checksum.update(encoded, 8, encoded.length - 8);
      for (int index = 0; index < 4; index++) {
        encoded[4 + index] = (byte) (checksum.getValue() >>> (8 * index));
      }
      assertThrows(IllegalArgumentException.class, () -> WriteSet.decode(encoded), records);
    }
  }

  @Test
  void refusesARangeDeleteOfNothing() {
    WriteSet writeSet = new WriteSet();
    assertThrows(
        IllegalArgumentException.class,
        () -> writeSet.deleteRange(ColumnFamily.ITEMS, new byte[] {2}, new byte[] {2}));
    assertTrue(writeSet.isEmpty());
  }

  @Test
  void digestDependsOnTheOrder() {
    WriteSet one = new WriteSet();
    one.delete(ColumnFamily.ITEMS, new byte[] {1});
    one.delete(ColumnFamily.ITEMS, new byte[] {2});
    WriteSet other = new WriteSet();
    other.delete(ColumnFamily.ITEMS, new byte[] {2});
    other.delete(ColumnFamily.ITEMS, new byte[] {1});
    assertNotEquals(one.digest(), other.digest());
  }

  private static WriteSet randomWriteSet(Random random, List<String> expected) {
    WriteSet writeSet = new WriteSet(random.nextInt(100));
    int operations = random.nextInt(40);
    for (int index = 0; index < operations; index++) {
      ColumnFamily family = random.nextBoolean() ? ColumnFamily.META : ColumnFamily.ITEMS;
      byte[] first = bytes(random, 200);
      switch (random.nextInt(3)) {
        case 0 -> {
          byte[] value = bytes(random, random.nextInt(10) == 0 ? 70_000 : 300);
          writeSet.put(family, first, value);
          expected.add(text("put", family, first, value));
        }
        case 1 -> {
          writeSet.delete(family, first);
          expected.add(text("delete", family, first));
        }
        default -> {
          byte[] end = Arrays.copyOf(first, first.length + 1);
          writeSet.deleteRange(family, first, end);
          expected.add(text("range", family, first, end));
        }
      }
    }
    return writeSet;
  }

  private static byte[] bytes(Random random, int lengthMax) {
    byte[] bytes = new byte[random.nextInt(lengthMax)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static List<String> operations(WriteSet writeSet) {
    List<String> operations = new ArrayList<>();
    writeSet.forEach(
        new WriteSetVisitor() {
          @Override
          public void put(ColumnFamily family, byte[] key, byte[] value) {
            operations.add(text("put", family, key, value));
          }

          @Override
          public void delete(ColumnFamily family, byte[] key) {
            operations.add(text("delete", family, key));
          }

          @Override
          public void deleteRange(ColumnFamily family, byte[] start, byte[] end) {
            operations.add(text("range", family, start, end));
          }
        });
    return operations;
  }

  private static String text(String kind, ColumnFamily family, byte[]... parts) {
    StringBuilder text = new StringBuilder(kind).append(' ').append(family);
    for (byte[] part : parts) {
      text.append(' ').append(HexFormat.of().formatHex(part));
    }
    return text.toString();
  }
}
