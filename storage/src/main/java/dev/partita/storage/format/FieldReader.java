package dev.partita.storage.format;

import dev.partita.base.InvariantBrokenException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Reads what {@link FieldWriter} wrote. Fields that the reader does not ask for are skipped, fields
 * that the writer did not write have their default.
 */
public final class FieldReader {
  private static final int CHECKSUM_LENGTH = Integer.BYTES;

  private final Map<Long, List<byte[]>> fields = new HashMap<>();

  private FieldReader(ByteBuffer content) {
    while (content.hasRemaining()) {
      long field = readVarint(content);
      long length = readVarint(content);
      if (length < 0 || length > content.remaining()) {
        throw new InvariantBrokenException("stored record has a field of length " + length);
      }
      byte[] value = new byte[(int) length];
      content.get(value);
      fields.computeIfAbsent(field, _ -> new ArrayList<>()).add(value);
    }
  }

  /** Checks and reads a record; throws {@link InvariantBrokenException} if it is damaged. */
  public static FieldReader ofRecord(byte[] record) {
    int length = record.length - CHECKSUM_LENGTH;
    if (length < 1) {
      throw new InvariantBrokenException("stored record is too short");
    }
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, length);
    if (ByteBuffer.wrap(record).getInt(length) != (int) checksum.getValue()) {
      throw new InvariantBrokenException("stored record fails its checksum");
    }
    if (record[0] != FieldWriter.FORMAT_VERSION) {
      throw new InvariantBrokenException("stored record has unknown format " + record[0]);
    }
    return new FieldReader(ByteBuffer.wrap(record, 1, length - 1));
  }

  /** Whether the field was written. */
  public boolean has(int field) {
    return fields.containsKey((long) field);
  }

  /** An integer, or {@code absent}. */
  public long integer(int field, long absent) {
    List<byte[]> values = fields.get((long) field);
    return values == null ? absent : readVarint(ByteBuffer.wrap(values.getFirst()));
  }

  /** Text, or the empty text. */
  public String text(int field) {
    return new String(bytes(field), StandardCharsets.UTF_8);
  }

  /** The texts under one field number, in order. */
  public List<String> texts(int field) {
    return fields.getOrDefault((long) field, List.of()).stream()
        .map(value -> new String(value, StandardCharsets.UTF_8))
        .toList();
  }

  /** A byte string, or the empty one. */
  public byte[] bytes(int field) {
    List<byte[]> values = fields.get((long) field);
    return values == null ? new byte[0] : values.getFirst();
  }

  /** The nested records under one field number, in order. */
  public List<FieldReader> nested(int field) {
    return fields.getOrDefault((long) field, List.of()).stream()
        .map(value -> new FieldReader(ByteBuffer.wrap(value)))
        .toList();
  }

  private static long readVarint(ByteBuffer content) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (!content.hasRemaining()) {
        throw new InvariantBrokenException("stored record ends inside a number");
      }
      byte part = content.get();
      value |= (long) (part & 0x7F) << shift;
      if (part >= 0) {
        return value;
      }
    }
    throw new InvariantBrokenException("stored record has an overlong number");
  }
}
