package dev.partita.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One connection with at most one request under way. Used on its event loop only. */
// A failed write arrives in exceptionCaught, by the void promise, and a close in channelInactive.
@SuppressWarnings("FutureReturnValueIgnored")
final class Connection extends ChannelInboundHandlerAdapter {
  private final Worker worker;
  private final RequestEncoder encoder;
  private final boolean encrypted;
  private final ResponseReader reader = new ResponseReader();
  private final PlannedRequest request = new PlannedRequest();
  private @Nullable ChannelHandlerContext context;
  private String closeReason = "connection closed";
  private boolean busy;
  private boolean usable;
  private long dueNanos;
  private long sentNanos;

  Connection(Worker worker, RequestEncoder encoder, boolean encrypted) {
    this.worker = worker;
    this.encoder = encoder;
    this.encrypted = encrypted;
  }

  /** The request that is under way, or the slot for the next one. */
  PlannedRequest request() {
    return request;
  }

  boolean busy() {
    return busy;
  }

  /** Whether a request can be sent now. */
  boolean usable() {
    return usable && !busy;
  }

  /** When the request under way was due. */
  long dueNanos() {
    return dueNanos;
  }

  /** When the request under way was sent. */
  long sentNanos() {
    return sentNanos;
  }

  /** Sends the request in the slot. */
  void send(long due, long now) {
    ChannelHandlerContext open = context;
    if (open == null) {
      throw new IllegalStateException("not connected");
    }
    busy = true;
    dueNanos = due;
    sentNanos = now;
    open.writeAndFlush(encoder.encode(request), open.voidPromise());
  }

  /** Gives up on the request under way, if any, and closes. */
  void abandon(String reason) {
    closeReason = reason;
    usable = false;
    ChannelHandlerContext open = context;
    if (open != null) {
      open.close();
    }
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    if (!encrypted) {
      usable = true;
      worker.connected(this);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        usable = true;
        worker.connected(this);
      } else {
        abandon("TLS: " + handshake.cause().getMessage());
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf bytes = (ByteBuf) message;
    try {
      if (!reader.read(bytes)) {
        return;
      }
      if (!busy || bytes.isReadable()) {
        abandon("more than one answer");
        return;
      }
      busy = false;
      if (!reader.keepAlive()) {
        usable = false;
      }
      worker.answered(this, reader);
      if (!reader.keepAlive()) {
        ctx.close();
      }
    } catch (MalformedResponseException e) {
      abandon("malformed answer: " + e.getMessage());
    } finally {
      bytes.release();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    usable = false;
    encoder.close();
    boolean wasBusy = busy;
    busy = false;
    worker.disconnected(this, wasBusy, closeReason);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    boolean usual = cause instanceof IOException;
    abandon(usual ? "connection closed" : cause.getClass().getSimpleName() + ": " + cause);
  }
}
