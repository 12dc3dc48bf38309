package dev.partita.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Gathers one request body. A body that arrives in one piece is copied once; otherwise the array
 * doubles as bytes arrive, so that a client pays with real bytes for the memory it takes. The
 * capacity is charged to the budget of the event loop.
 */
final class BodyBuffer {
  static final long UNKNOWN_LENGTH = -1;

  private static final byte[] EMPTY = {};
  private static final int CAPACITY_MIN = 16 << 10;

  private final ByteBudget.Share budget;
  private final long declaredLength;
  private byte[] bytes = EMPTY;
  private int length;

  /**
   * A buffer for a body of {@code declaredLength} bytes, or of {@link #UNKNOWN_LENGTH}. The caller
   * sees to it that no more is appended than the limit on bodies.
   */
  BodyBuffer(ByteBudget.Share budget, long declaredLength) {
    this.budget = budget;
    this.declaredLength = declaredLength;
  }

  int length() {
    return length;
  }

  /** Bytes charged to the budget; whoever takes the body gives them back. */
  int charged() {
    return bytes.length;
  }

  /** Appends all readable bytes; false if the budget does not allow it. */
  boolean append(ByteBuf content) {
    int more = content.readableBytes();
    if (bytes.length - length < more && !grow(more)) {
      return false;
    }
    content.readBytes(bytes, length, more);
    length += more;
    return true;
  }

  private boolean grow(int more) {
    long needed = (long) length + more;
    long capacity = needed;
    if (needed != declaredLength) {
      capacity = Math.max(needed, Math.max(CAPACITY_MIN, 2L * bytes.length));
      if (declaredLength >= needed) {
        capacity = Math.min(capacity, declaredLength);
      }
    }
    if (!budget.take(capacity - bytes.length)) {
      return false;
    }
    bytes = bytes.length == 0 ? new byte[(int) capacity] : Arrays.copyOf(bytes, (int) capacity);
    return true;
  }

  /** The body in an array of its own length. The charge stays that of the larger array. */
  byte[] toArray() {
    return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
  }

  /** The array that holds the body in its first {@link #length()} bytes. */
  byte[] array() {
    return bytes;
  }

  /** Drops the body and gives its bytes back. */
  void discard() {
    budget.giveBack(bytes.length);
    bytes = EMPTY;
    length = 0;
  }
}
