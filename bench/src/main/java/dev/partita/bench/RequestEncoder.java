package dev.partita.bench;

import io.netty.buffer.ByteBuf;

/** Turns planned requests into bytes for one connection. */
interface RequestEncoder {

  /**
   * The whole HTTP request; the caller owns one reference. The bytes stay valid until the next
   * call, which may come only after the request was written.
   */
  ByteBuf encode(PlannedRequest request);

  /** Gives the buffers back when the connection is done. */
  void close();
}
