package dev.partita.storage.format;

import dev.partita.base.Bytes;
import java.util.Arrays;

/** The keys from {@code start} to before {@code end}, as unsigned bytes. */
public record KeyRange(Bytes start, Bytes end) {

  /** Takes both arrays over. */
  public static KeyRange of(byte[] start, byte[] end) {
    return new KeyRange(Bytes.wrap(start), Bytes.wrap(end));
  }

  /** Whether {@code key} lies inside. */
  public boolean contains(byte[] key) {
    return Arrays.compareUnsigned(start.array(), key) <= 0
        && Arrays.compareUnsigned(key, end.array()) < 0;
  }

  /** Whether no key lies inside. */
  public boolean isEmpty() {
    return start.compareTo(end) >= 0;
  }

  /** The keys that lie in both; it may be empty. */
  public KeyRange intersection(KeyRange other) {
    return new KeyRange(
        start.compareTo(other.start) >= 0 ? start : other.start,
        end.compareTo(other.end) <= 0 ? end : other.end);
  }

  /** The least key above every key that starts with {@code prefix}. */
  public static byte[] prefixEnd(byte[] prefix) {
    int length = prefix.length;
    while (length > 0 && prefix[length - 1] == (byte) 0xFF) {
      length--;
    }
    if (length == 0) {
      throw new IllegalArgumentException("no key is above this prefix");
    }
    byte[] end = Arrays.copyOf(prefix, length);
    end[length - 1]++;
    return end;
  }

  /** The least key above {@code key}. */
  public static byte[] after(byte[] key) {
    return Arrays.copyOf(key, key.length + 1);
  }
}
