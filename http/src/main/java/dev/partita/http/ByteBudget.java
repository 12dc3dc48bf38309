package dev.partita.http;

import dev.partita.base.Invariant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The bound on bytes that all connections together may hold. Each event loop borrows from it in
 * blocks, so that a request costs no shared atomic operation.
 */
final class ByteBudget {
  static final int BLOCK_BYTES = 1 << 20;

  private final long bytesMax;
  private final AtomicLong borrowed = new AtomicLong();

  ByteBudget(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Takes {@code bytes} for a share that {@link Share#adopt}s them later. Any thread. */
  boolean borrow(long bytes) {
    if (borrowed.addAndGet(bytes) <= bytesMax) {
      return true;
    }
    borrowed.addAndGet(-bytes);
    return false;
  }

  /** One event loop's share. Only {@link #used()} may be called by another thread. */
  final class Share {
    private final AtomicLong used = new AtomicLong();
    private long held;

    /** Takes {@code bytes} if the bound allows it. */
    boolean take(long bytes) {
      long wanted = used.getPlain() + bytes;
      if (wanted > held && !hold(wanted)) {
        return false;
      }
      used.setOpaque(wanted);
      return true;
    }

    /**
     * Takes {@code bytes} beyond the bound if need be: for bytes that exist already and cannot be
     * refused.
     */
    void takeAnyway(long bytes) {
      long wanted = used.getPlain() + bytes;
      if (wanted > held && !hold(wanted)) {
        borrowed.addAndGet(wanted - held);
        held = wanted;
      }
      used.setOpaque(wanted);
    }

    /** Takes over bytes that another thread has borrowed for this share. */
    void adopt(long bytes) {
      held += bytes;
      used.setOpaque(used.getPlain() + bytes);
    }

    /** Gives back what was taken. */
    void giveBack(long bytes) {
      long left = used.getPlain() - bytes;
      Invariant.check(left >= 0, "More bytes given back than taken", "left", left);
      used.setOpaque(left);
      if (held - left > 2L * BLOCK_BYTES) {
        long keep = left + BLOCK_BYTES;
        borrowed.addAndGet(keep - held);
        held = keep;
      }
    }

    long used() {
      return used.getOpaque();
    }

    /** Borrows a whole block beyond {@code wanted}, or what is just enough near the bound. */
    private boolean hold(long wanted) {
      long missing = wanted - held;
      if (borrow(missing + BLOCK_BYTES)) {
        held += missing + BLOCK_BYTES;
        return true;
      }
      if (borrow(missing)) {
        held += missing;
        return true;
      }
      return false;
    }
  }
}
