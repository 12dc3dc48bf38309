package dev.partita.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netty's request decoder with a tap: it can be stopped between two messages (the bytes stay where
 * they are and the socket is not read), it can throw away all further input, and it knows since
 * when a request has been arriving.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** No byte of a request is there. */
  static final long NOT_RECEIVING = -1;

  private static final int PIECE_BYTES_MAX = 64 << 10;

  private final Connection connection;
  private boolean paused;
  private boolean decoding;
  private boolean discarding;
  private boolean betweenRequests = true;
  private long discardedBytes;
  private long receivingSince = NOT_RECEIVING;
  private @Nullable ChannelHandlerContext context;

  RequestDecoder(Connection connection, int headerBytesMax) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(headerBytesMax)
            .setMaxHeaderSize(headerBytesMax)
            .setMaxChunkSize(PIECE_BYTES_MAX));
    this.connection = connection;
  }

  /** The tick at which the request that is arriving began, or {@link #NOT_RECEIVING}. */
  long receivingSince() {
    return receivingSince;
  }

  /** Bytes thrown away since {@link #discardInput()}. */
  long discardedBytes() {
    return discardedBytes;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
  }

  /** Stops before the next message. */
  void pause() {
    if (!paused && !discarding) {
      paused = true;
      if (!decoding) {
        stopReading();
      }
    }
  }

  boolean isPaused() {
    return paused;
  }

  /** Goes on with the bytes that are there, then with the socket. */
  void resume() throws Exception {
    if (!paused || discarding || context == null) {
      return;
    }
    paused = false;
    if (decoding) {
      return;
    }
    if (actualReadableBytes() > 0 || !betweenRequests) {
      receivingSince = connection.loop().tick();
    }
    channelRead(context, Unpooled.EMPTY_BUFFER);
    if (!paused) {
      context.channel().config().setAutoRead(true);
    }
  }

  /** From now on input is counted and thrown away. */
  void discardInput() {
    discarding = true;
    paused = false;
    receivingSince = NOT_RECEIVING;
    if (context != null) {
      context.channel().config().setAutoRead(true);
    }
  }

  private void stopReading() {
    receivingSince = NOT_RECEIVING;
    if (context != null) {
      context.channel().config().setAutoRead(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext channelContext, Object message) throws Exception {
    connection.readStarted();
    ByteBuf input = (ByteBuf) message;
    if (discarding) {
      discardedBytes += input.readableBytes();
      input.release();
      connection.inputDiscarded();
      return;
    }
    if (receivingSince == NOT_RECEIVING && !paused && input.isReadable()) {
      receivingSince = connection.loop().tick();
    }
    decoding = true;
    try {
      super.channelRead(channelContext, message);
    } finally {
      decoding = false;
    }
    if (paused) {
      stopReading();
    }
  }

  @Override
  protected void decode(ChannelHandlerContext channelContext, ByteBuf input, List<Object> out)
      throws Exception {
    if (discarding) {
      discardedBytes += input.readableBytes();
      input.skipBytes(input.readableBytes());
      return;
    }
    if (paused) {
      return;
    }
    super.decode(channelContext, input, out);
    if (out.isEmpty()) {
      return;
    }
    betweenRequests = out.getLast() instanceof LastHttpContent;
    if (betweenRequests) {
      receivingSince = input.isReadable() ? connection.loop().tick() : NOT_RECEIVING;
    }
  }
}
