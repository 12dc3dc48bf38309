package dev.partita.http;

import dev.partita.base.Invariant;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObject;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client connection: gathers requests, hands them on, and sends the answers in their order.
 *
 * <p>Life: it serves until something ends it (a request that asks to close, an error after which
 * the bytes make no sense, the client's end of input, the server's closing). Then it takes no
 * further request, writes what it owes, and closes; if input may still be on its way it first says
 * that no more answers come and reads on for a while, because closing a socket with unread input
 * would destroy the last answer (RFC 9112, section 9.6).
 */
final class Connection extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final byte[] CONTINUE =
      "HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int DISCARD_FACTOR = 4;

  private final ConnectionLoop loop;
  private final Channel channel;
  private final RequestDecoder decoder;
  private final RequestReceiver receiver;
  private final ConnectionOutput output;
  private final String remoteAddress;
  private final boolean refused;

  /** The list of the loop. */
  @Nullable Connection older;

  @Nullable Connection newer;

  /** Requests that are not answered over the wire yet, oldest first. */
  private @Nullable Exchange first;

  private @Nullable Exchange last;
  private int inFlight;
  private boolean ended;
  private boolean lingers;
  private boolean advancing;
  private boolean closed;
  private long idleSince;

  Connection(ConnectionLoop loop, Channel channel, boolean refused) {
    this.loop = loop;
    this.channel = channel;
    this.refused = refused;
    this.decoder = new RequestDecoder(this, loop.configuration().headerBytesMax());
    this.output = new ConnectionOutput(loop, channel, this);
    this.receiver = new RequestReceiver(loop, this);
    this.idleSince = loop.tick();
    this.remoteAddress =
        channel.remoteAddress() instanceof InetSocketAddress address
            ? address.getAddress().getHostAddress()
            : "";
    loop.add(this);
    var _ = channel.closeFuture().addListener(future -> closed());
  }

  RequestDecoder decoder() {
    return decoder;
  }

  boolean isClosed() {
    return closed;
  }

  ConnectionLoop loop() {
    return loop;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    if (refused) {
      fail(loop.errorPages().overloaded());
    } else if (loop.isClosing()) {
      closeNow();
    }
  }

  /** Input is being read: answers are flushed when the reading is over. */
  void readStarted() {
    output.holdFlushes();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    output.releaseFlushes();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    try {
      if (ended || closed) {
        return;
      }
      Throwable cause = ((HttpObject) message).decoderResult().cause();
      if (cause != null) {
        malformed(cause);
      } else {
        receiver.receive(message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void malformed(Throwable cause) {
    if (cause instanceof PrematureChannelClosureException) {
      return; // the event that follows says that the input has ended
    }
    fail(
        cause instanceof TooLongFrameException
            ? loop.errorPages().headersTooLarge()
            : loop.errorPages().badRequest("The request is not well-formed HTTP/1.1"));
  }

  /** Hands a whole request on. */
  void handle(Exchange exchange, byte[] bytes) {
    try {
      loop.handler().handle(exchange.request(bytes, remoteAddress), exchange);
    } catch (RuntimeException | Error e) {
      LOG.error("A request failed unforeseen: request={}", exchange.id().text(), e);
      exchange.respondOnce(loop.errorPages()::internalError);
    }
  }

  /** An answer of this class's own. */
  void answer(Exchange exchange, HttpResponse response) {
    exchange.answerNow(() -> response);
    advance();
  }

  /** The answer of {@code exchange} has come. */
  void answered(Exchange exchange) {
    exchange.adoptReserve();
    if (closed) {
      forget(exchange);
      return;
    }
    exchange.markAnswered();
    if (exchange == first) {
      advance();
    }
  }

  /**
   * Gives {@code page} to the request that is arriving, or to bytes that are no request, and ends
   * the connection after it, since nobody knows where the next request would begin.
   */
  void fail(HttpResponse page) {
    Exchange exchange = receiver.giveUp();
    if (exchange == null) {
      exchange = new Exchange(this, loop.newRequestId());
      append(exchange);
    }
    exchange.endKeepAlive();
    exchange.continueSent();
    lingers = true;
    end();
    answer(exchange, page);
  }

  /** Takes no further request. */
  void end() {
    ended = true;
    decoder.discardInput();
  }

  /** Puts a request into the order of answers. */
  void append(Exchange exchange) {
    if (last == null) {
      first = exchange;
    } else {
      last.next = exchange;
    }
    last = exchange;
    inFlight++;
    loop.requestBegun();
  }

  /** Sends all answers whose turn has come, as far as the client takes them. */
  private void advance() {
    if (advancing || closed) {
      return;
    }
    advancing = true;
    try {
      while (first != null && first.isAnswered() && !closed && output.makeRoom()) {
        if (!send(first)) {
          break;
        }
      }
      sendContinueIfExpected();
    } catch (RuntimeException | Error e) {
      LOG.error("An answer could not be sent", e);
      closeNow();
    } finally {
      advancing = false;
    }
    output.flush();
    pauseOrResume();
  }

  /** Asks the client for the body of the oldest request if it waits for that. */
  void sendContinueIfExpected() {
    if (first != null && receiver.isReceiving(first) && first.isContinueExpected()) {
      first.continueSent();
      output.write(Unpooled.wrappedBuffer(CONTINUE));
      output.flush();
    }
  }

  /** Sends one answer; false if it must be compressed first. */
  private boolean send(Exchange exchange) {
    if (exchange.isAbandoned()) {
      remove(exchange);
      output.closeWhenWritten(/* linger= */ false);
      return false;
    }
    PreparedResponse prepared = exchange.preparedResponse();
    if (prepared == null) {
      prepared = prepare(exchange, produce(exchange));
      if (prepared == null) {
        return false;
      }
    }
    boolean close = !exchange.isKeptAlive() || (loop.isClosing() && exchange.next == null);
    output.write(loop.encoder().encode(channel.alloc(), exchange, prepared, close));
    remove(exchange);
    if (close) {
      if (!ended) {
        end();
      }
      output.closeWhenWritten(lingers || decoder.discardedBytes() > 0);
      return false;
    }
    return true;
  }

  private HttpResponse produce(Exchange exchange) {
    try {
      return exchange.produce();
    } catch (RuntimeException | Error e) {
      LOG.error("An answer could not be produced: request={}", exchange.id().text(), e);
      return loop.errorPages().internalError();
    }
  }

  private @Nullable PreparedResponse prepare(Exchange exchange, HttpResponse response) {
    if (response.length() <= ContentCoding.THRESHOLD_BYTES) {
      return PreparedResponse.plain(response);
    }
    // Of several headers DynamoDB reads the first only.
    String accepted = exchange.headers().get(HttpHeaderNames.ACCEPT_ENCODING);
    ContentCoding chosen = accepted == null ? null : ContentCoding.negotiate(accepted);
    if (chosen == null || response.header("Content-Encoding") != null) {
      return PreparedResponse.plain(response);
    }
    if (response.length() <= CompressionPool.INLINE_COMPRESS_BYTES_MAX) {
      return PreparedResponse.compressed(response, chosen);
    }
    exchange.awaitPreparation();
    if (loop.offload(
        () -> PreparedResponse.compressed(response, chosen),
        prepared -> {
          exchange.prepared(prepared == null ? PreparedResponse.plain(response) : prepared);
          answered(exchange);
        })) {
      return null;
    }
    return PreparedResponse.plain(response);
  }

  /** Takes the oldest exchange off the list. */
  private void remove(Exchange exchange) {
    Invariant.check(exchange == first, "Answers leave in the order of their requests");
    first = exchange.next;
    if (first == null) {
      last = null;
      idleSince = loop.tick();
    }
    inFlight--;
    forget(exchange);
  }

  /** Gives back what {@code exchange} holds; nobody will ask for its answer. */
  void forget(Exchange exchange) {
    loop.budget().giveBack(exchange.takeCharge());
    loop.requestEnded();
  }

  /** Reads requests only while there is room for them and for their answers. */
  void pauseOrResume() {
    if (ended || closed) {
      return;
    }
    boolean full =
        inFlight >= loop.configuration().requestsInFlightMax()
            || !channel.isWritable()
            || loop.isClosing();
    if (full && receiver.isIdle()) {
      decoder.pause();
    } else if (!full && decoder.isPaused()) {
      boolean held = output.holdFlushes();
      try {
        decoder.resume();
      } catch (Exception e) {
        exceptionCaught(e);
      }
      if (!held) {
        output.releaseFlushes();
      }
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    if (channel.isWritable()) {
      advance();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownEvent && !closed) {
      inputEnded();
    }
  }

  /** The client sends no more; it may still read. */
  private void inputEnded() {
    if (output.isLingering()) {
      closeNow();
      return;
    }
    lingers = false;
    Exchange cutShort = receiver.giveUp();
    if (cutShort != null) {
      cutShort.abandon();
    } else if (last != null) {
      last.endKeepAlive();
    }
    ended = true;
    if (first == null) {
      output.closeWhenWritten(/* linger= */ false);
    } else {
      advance();
    }
  }

  /** Input was thrown away; there is a limit to that too. */
  void inputDiscarded() {
    if (decoder.discardedBytes() > (long) DISCARD_FACTOR * loop.configuration().requestBytesMax()) {
      closeNow();
    }
  }

  /** Sends what is queued for the socket. */
  void flushNow() {
    output.flushNow();
  }

  /** Looks for timeouts; called on every tick of the loop. */
  void tick() {
    long now = loop.tick();
    HttpServerConfiguration configuration = loop.configuration();
    long since = decoder.receivingSince();
    boolean idle =
        first == null
            && since == RequestDecoder.NOT_RECEIVING
            && now - idleSince >= loop.ticks(configuration.idleTimeout());
    boolean slow =
        since != RequestDecoder.NOT_RECEIVING
            && now - since >= loop.ticks(configuration.requestTimeout());
    if (output.isStuck(now) || (!output.isLingering() && (idle || slow))) {
      LOG.debug("A connection timed out: client={} idle={} slow={}", remoteAddress, idle, slow);
      closeNow();
    }
  }

  /** Finishes what is in flight, then closes. */
  void closeWhenDone() {
    if (first == null) {
      ended = true;
      output.closeWhenWritten(/* linger= */ false);
    } else {
      pauseOrResume();
    }
  }

  void closeNow() {
    var _ = channel.close();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    exceptionCaught(cause);
  }

  private void exceptionCaught(Throwable cause) {
    if (cause instanceof IOException) {
      LOG.debug("A connection broke: client={}", remoteAddress, cause);
    } else {
      LOG.error("A connection failed unforeseen: client={}", remoteAddress, cause);
    }
    closeNow();
  }

  /** Releases everything that nobody else will. */
  private void closed() {
    closed = true;
    loop.remove(this);
    output.closed();
    Exchange cutShort = receiver.giveUp();
    if (cutShort != null) {
      cutShort.abandon();
    }
    Exchange exchange = first;
    while (exchange != null) {
      if (exchange.isAnswered()) {
        forget(exchange);
      }
      exchange = exchange.next;
    }
    first = null;
    last = null;
  }
}
