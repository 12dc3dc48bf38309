package dev.partita.storage;

import dev.partita.base.Invariant;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What one log entry changes: puts, deletes and range deletes per column family, in order. Bytes
 * only. Arguments are copied. Not thread-safe.
 *
 * <p>Held in its encoded form: a header of 12 bytes (format version, three zero bytes, CRC32C of
 * everything from byte 8 on, number of operations) and then the records. The records are, byte for
 * byte, those of a RocksDB write batch, so that applying a write set encodes nothing again; a test
 * holds the two together. All integers are little-endian; see {@code docs/file-formats.md}.
 */
public final class WriteSet {
  /** The only format version so far. */
  static final int FORMAT_VERSION = 1;

  /** Bytes before the first record. */
  public static final int HEADER_BYTES = 12;

  /** The largest encoded write set, in bytes. Logs set smaller limits of their own. */
  public static final int BYTES_MAX = 1 << 30;

  private static final int CHECKSUM_OFFSET = 4;
  private static final int COUNT_OFFSET = 8;
  private static final int VARINT_BYTES_MAX = 5;
  private static final byte KIND_DELETE = 4;
  private static final byte KIND_PUT = 5;
  private static final byte KIND_DELETE_RANGE = 14;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] buffer;
  private int size = HEADER_BYTES;
  private int operationCount;

  public WriteSet() {
    this(1024);
  }

  /** An empty write set with room for {@code expectedBytes} of records. */
  public WriteSet(int expectedBytes) {
    buffer = new byte[HEADER_BYTES + Math.max(64, expectedBytes)];
  }

  private WriteSet(byte[] encoded, int operationCount) {
    this.buffer = encoded;
    this.size = encoded.length;
    this.operationCount = operationCount;
  }

  /** Sets {@code key} to {@code value}. */
  public void put(ColumnFamily family, byte[] key, byte[] value) {
    ensureRoom((long) key.length + value.length);
    begin(KIND_PUT, family);
    append(key);
    append(value);
  }

  /** Removes {@code key}, present or not. */
  public void delete(ColumnFamily family, byte[] key) {
    ensureRoom(key.length);
    begin(KIND_DELETE, family);
    append(key);
  }

  /**
   * Removes every key in the range.
   *
   * @throws IllegalArgumentException unless the range's start is below its end
   */
  public void deleteRange(ColumnFamily family, byte[] startInclusive, byte[] endExclusive) {
    if (Arrays.compareUnsigned(startInclusive, endExclusive) >= 0) {
      throw new IllegalArgumentException("range delete whose start is not below its end");
    }
    ensureRoom((long) startInclusive.length + endExclusive.length);
    begin(KIND_DELETE_RANGE, family);
    append(startInclusive);
    append(endExclusive);
  }

  /** How many puts, deletes and range deletes this holds. */
  public int operationCount() {
    return operationCount;
  }

  /** The length of {@link #encode()}, in bytes. */
  public int byteSize() {
    return size;
  }

  public boolean isEmpty() {
    return operationCount == 0;
  }

  /** Calls {@code visitor} for each operation, in order. */
  public void forEach(WriteSetVisitor visitor) {
    RecordReader reader = new RecordReader(buffer, size);
    while (reader.hasNext()) {
      int kind = reader.nextByte();
      ColumnFamily family = ColumnFamily.ofId(reader.nextByte());
      byte[] first = reader.nextBytes();
      switch (kind) {
        case KIND_PUT -> visitor.put(family, first, reader.nextBytes());
        case KIND_DELETE -> visitor.delete(family, first);
        case KIND_DELETE_RANGE -> visitor.deleteRange(family, first, reader.nextBytes());
        default -> throw new IllegalStateException("unknown kind of record: " + kind);
      }
    }
  }

  /** The versioned, checksummed form that replicated logs carry. A private copy of the caller. */
  public byte[] encode() {
    byte[] encoded = Arrays.copyOf(buffer, size);
    encoded[0] = FORMAT_VERSION;
    INT.set(encoded, COUNT_OFFSET, operationCount);
    INT.set(encoded, CHECKSUM_OFFSET, digest());
    return encoded;
  }

  /** CRC32C of the number of operations and the records: equal for equal write sets. */
  public int digest() {
    INT.set(buffer, COUNT_OFFSET, operationCount);
    return digest(buffer, size);
  }

  /**
   * Copies the records, without header, to {@code target} from {@code offset} on: {@link
   * #byteSize()} - {@link #HEADER_BYTES} bytes. For the store, which builds its write from them.
   */
  public void copyRecords(byte[] target, int offset) {
    System.arraycopy(buffer, HEADER_BYTES, target, offset, size - HEADER_BYTES);
  }

  /**
   * Reads what {@link #encode()} wrote, checking everything: version, checksum, lengths, kinds,
   * families, ranges and the number of operations. Keeps no reference to {@code encoded}.
   *
   * @throws IllegalArgumentException if anything does not hold
   */
  public static WriteSet decode(byte[] encoded) {
    require(encoded.length >= HEADER_BYTES, "write set is shorter than its header");
    require(encoded[0] == FORMAT_VERSION, "write set of unknown format version " + encoded[0]);
    require((encoded[1] | encoded[2] | encoded[3]) == 0, "write set header is not clean");
    require(
        (int) INT.get(encoded, CHECKSUM_OFFSET) == digest(encoded, encoded.length),
        "write set does not match its checksum");
    RecordReader reader = new RecordReader(encoded, encoded.length);
    int operations = 0;
    while (reader.hasNext()) {
      checkRecord(reader);
      operations++;
    }
    require(
        (int) INT.get(encoded, COUNT_OFFSET) == operations,
        "write set does not hold the number of operations that it states");
    return new WriteSet(encoded.clone(), operations);
  }

  private static void checkRecord(RecordReader reader) {
    int kind = reader.nextByte();
    int familyId = reader.nextByte();
    require(
        familyId >= 0 && familyId < ColumnFamily.count(),
        "write set names an unknown column family " + familyId);
    byte[] first = reader.nextBytes();
    switch (kind) {
      case KIND_PUT -> reader.skipBytes();
      case KIND_DELETE -> {}
      case KIND_DELETE_RANGE ->
          require(
              Arrays.compareUnsigned(first, reader.nextBytes()) < 0,
              "write set deletes a range whose start is not below its end");
      default -> throw new IllegalArgumentException("write set holds an unknown kind " + kind);
    }
  }

  private static int digest(byte[] encoded, int length) {
    CRC32C checksum = new CRC32C();
    checksum.update(encoded, COUNT_OFFSET, length - COUNT_OFFSET);
    return (int) checksum.getValue();
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  private void ensureRoom(long payloadBytes) {
    long needed = size + 2 + 2 * VARINT_BYTES_MAX + payloadBytes;
    if (needed <= buffer.length) {
      return;
    }
    Invariant.check(needed <= BYTES_MAX, "write set is too large", "bytes", needed);
    buffer = Arrays.copyOf(buffer, (int) Math.min(BYTES_MAX, Math.max(needed, 2L * buffer.length)));
  }

  private void begin(byte kind, ColumnFamily family) {
    buffer[size++] = kind;
    buffer[size++] = (byte) family.id();
    operationCount++;
  }

  private void append(byte[] bytes) {
    int length = bytes.length;
    while (length >= 0x80) {
      buffer[size++] = (byte) (length | 0x80);
      length >>>= 7;
    }
    buffer[size++] = (byte) length;
    System.arraycopy(bytes, 0, buffer, size, bytes.length);
    size += bytes.length;
  }

  /** Walks records, refusing to step over the end. */
  private static final class RecordReader {
    private final byte[] bytes;
    private final int end;
    private int position = HEADER_BYTES;

    RecordReader(byte[] bytes, int end) {
      this.bytes = bytes;
      this.end = end;
    }

    boolean hasNext() {
      return position < end;
    }

    int nextByte() {
      require(position < end, "write set ends inside a record");
      return bytes[position++];
    }

    byte[] nextBytes() {
      int length = nextLength();
      int start = position;
      position += length;
      return Arrays.copyOfRange(bytes, start, position);
    }

    void skipBytes() {
      int length = nextLength();
      position += length;
    }

    private int nextLength() {
      long length = 0;
      for (int index = 0; index < VARINT_BYTES_MAX; index++) {
        int next = nextByte();
        length |= (long) (next & 0x7f) << (7 * index);
        if (next >= 0) {
          require(length <= end - position, "write set ends inside a key or value");
          return (int) length;
        }
      }
      throw new IllegalArgumentException("write set holds a length of more than 5 bytes");
    }
  }
}
