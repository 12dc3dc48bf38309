package dev.partita.http;

import dev.partita.base.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one address and serves HTTP/1.0 and HTTP/1.1 until it is closed. */
public final class HttpServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int BACKLOG = 1024;
  private static final int PROCESSORS_PER_COMPRESSION_THREAD = 4;

  /** Connections beyond the limit that may be told so at the same time. */
  private static final int REFUSALS_MAX = 64;

  private static final long FORCED_CLOSE_MILLIS_MAX = 5_000;

  private final HttpServerConfiguration configuration;
  private final SocketTransport transport;
  private final EventLoopGroup eventLoops;
  private final CompressionPool compression;
  private final Map<EventLoop, ConnectionLoop> loops = new HashMap<>();
  private final AtomicInteger openConnections = new AtomicInteger();
  private final CountDownLatch allClosed = new CountDownLatch(1);
  private volatile boolean closing;
  private @Nullable Channel listener;

  /**
   * Makes a server that does not listen yet.
   *
   * @param random seeds the request ids; asked only here
   */
  public HttpServer(
      HttpServerConfiguration configuration,
      RequestHandler handler,
      ErrorPages errorPages,
      Clock clock,
      RandomGenerator random) {
    this(configuration, handler, errorPages, clock, random, SocketTransport.best());
  }

  HttpServer(
      HttpServerConfiguration configuration,
      RequestHandler handler,
      ErrorPages errorPages,
      Clock clock,
      RandomGenerator random,
      SocketTransport transport) {
    this.configuration = configuration;
    this.transport = transport;
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(
            configuration.eventLoops(),
            new DefaultThreadFactory("partita-http"),
            transport.handlers());
    this.compression =
        new CompressionPool(
            Math.max(
                1, Runtime.getRuntime().availableProcessors() / PROCESSORS_PER_COMPRESSION_THREAD));
    ByteBudget budget = new ByteBudget(configuration.bufferedBytesMax());
    for (EventExecutor executor : eventLoops) {
      EventLoop eventLoop = (EventLoop) executor;
      loops.put(
          eventLoop,
          new ConnectionLoop(
              eventLoop,
              configuration,
              handler,
              errorPages,
              clock,
              budget,
              compression,
              random.nextLong()));
    }
  }

  /**
   * Listens.
   *
   * @return the address, with the port that the system chose if the configuration has port 0
   * @throws IOException if the address cannot be bound
   */
  public InetSocketAddress start() throws IOException {
    var bound =
        new ServerBootstrap()
            .group(eventLoops)
            .channel(transport.serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Initializer())
            .bind(configuration.host(), configuration.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException(
          "Cannot listen: host=" + configuration.host() + " port=" + configuration.port(),
          bound.cause());
    }
    listener = bound.channel();
    loops.values().forEach(ConnectionLoop::start);
    InetSocketAddress address = (InetSocketAddress) bound.channel().localAddress();
    LOG.info(
        "Listening: address={} transport={} eventLoops={}",
        address,
        transport.name(),
        configuration.eventLoops());
    return address;
  }

  private final class Initializer extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      int open = openConnections.incrementAndGet();
      var _ =
          channel
              .closeFuture()
              .addListener(future -> {
                if (openConnections.decrementAndGet() == 0 && closing) {
                  allClosed.countDown();
                }
              });
      ConnectionLoop loop = loops.get(channel.eventLoop());
      if (loop == null || open > configuration.connectionsMax() + REFUSALS_MAX) {
        var _ = channel.close();
        return;
      }
      Connection connection =
          new Connection(loop, channel, /* refused= */ open > configuration.connectionsMax());
      channel.pipeline().addLast(connection.decoder(), connection);
    }
  }

  /** Connections that are open now. */
  public int openConnections() {
    return openConnections.get();
  }

  /** Requests whose first line has arrived and whose answer has not been written yet. */
  public int requestsInFlight() {
    return loops.values().stream().mapToInt(ConnectionLoop::requestsInFlight).sum();
  }

  /** Bytes charged to {@code bufferedBytesMax} now. */
  public long bufferedBytes() {
    return loops.values().stream().mapToLong(loop -> loop.budget().used()).sum();
  }

  /** How many times other threads have woken an event loop for their answers. */
  int bursts() {
    return loops.values().stream().mapToInt(ConnectionLoop::bursts).sum();
  }

  /**
   * Stops accepting, finishes what is in flight within {@code closeTimeout}, and closes every
   * connection. Blocks meanwhile, so it must not be called on an event loop.
   */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    if (listener != null) {
      listener.close().awaitUninterruptibly(FORCED_CLOSE_MILLIS_MAX);
    }
    boolean interrupted = false;
    try {
      onEachLoop(ConnectionLoop::closeWhenDone);
      if (openConnections.get() > 0
          && !allClosed.await(configuration.closeTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.info("Closing with requests unanswered: requests={}", requestsInFlight());
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    onEachLoop(ConnectionLoop::closeNow);
    eventLoops
        .shutdownGracefully(0, FORCED_CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(FORCED_CLOSE_MILLIS_MAX);
    compression.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void onEachLoop(Consumer<ConnectionLoop> action) {
    loops.values().forEach(loop -> loop.eventLoop().execute(() -> action.accept(loop)));
  }
}
