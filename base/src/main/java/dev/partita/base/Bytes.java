package dev.partita.base;

import java.util.Arrays;
import java.util.HexFormat;

/** An immutable byte string, ordered as unsigned bytes, shorter first when one is a prefix. */
public final class Bytes implements Comparable<Bytes> {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Takes {@code content} over without a copy: the caller must not change it afterwards. */
  public static Bytes wrap(byte[] content) {
    return content.length == 0 ? EMPTY : new Bytes(content);
  }

  /** The bytes of {@code source} from {@code offset}, copied. */
  public static Bytes copyOf(byte[] source, int offset, int length) {
    return wrap(Arrays.copyOfRange(source, offset, offset + length));
  }

  /** How many bytes. */
  public int size() {
    return content.length;
  }

  /** The content itself, not a copy: the caller must not change it. */
  public byte[] array() {
    return content;
  }

  /** Whether the first bytes are those of {@code prefix}. */
  public boolean startsWith(Bytes prefix) {
    int length = prefix.content.length;
    return content.length >= length && Arrays.equals(content, 0, length, prefix.content, 0, length);
  }

  /** Whether {@code part} occurs anywhere; the empty byte string occurs everywhere. */
  public boolean contains(Bytes part) {
    int length = part.content.length;
    for (int start = 0; start + length <= content.length; start++) {
      if (Arrays.equals(content, start, start + length, part.content, 0, length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Lower-case hexadecimal. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(content);
  }
}
