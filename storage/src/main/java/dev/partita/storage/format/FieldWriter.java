package dev.partita.storage.format;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes a record as numbered fields, so that a record can gain fields: format version (1 byte),
 * then per field its number and its length (varints) and its bytes, then a CRC32C (4 bytes) of all
 * before it. A repeated number makes a list; a nested record is the bytes of its own fields.
 */
public final class FieldWriter {
  static final byte FORMAT_VERSION = 1;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** Writes an integer, negative ones as ten bytes. */
  public FieldWriter integer(int field, long value) {
    ByteArrayOutputStream number = new ByteArrayOutputStream();
    writeVarint(number, value);
    return bytes(field, number.toByteArray());
  }

  /** Writes text as UTF-8. */
  public FieldWriter text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a byte string. */
  public FieldWriter bytes(int field, byte[] value) {
    writeVarint(out, field);
    writeVarint(out, value.length);
    out.writeBytes(value);
    return this;
  }

  /** Writes the fields of {@code nested} as one field. */
  public FieldWriter nested(int field, FieldWriter nested) {
    return bytes(field, nested.out.toByteArray());
  }

  /** The whole record. */
  public byte[] toRecord() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.write(FORMAT_VERSION);
    whole.writeBytes(out.toByteArray());
    CRC32C checksum = new CRC32C();
    checksum.update(whole.toByteArray());
    int value = (int) checksum.getValue();
    for (int shift = 24; shift >= 0; shift -= 8) {
      whole.write(value >>> shift);
    }
    return whole.toByteArray();
  }

  private static void writeVarint(ByteArrayOutputStream target, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      target.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    target.write((int) rest);
  }
}
