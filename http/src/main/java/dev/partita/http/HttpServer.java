package dev.partita.http;

import dev.partita.base.Clock;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Listens on one address and serves HTTP/1.0 and HTTP/1.1 until it is closed. */
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final HttpServerConfiguration configuration;
  private final EventLoopGroup eventLoops;
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
    this.configuration = configuration;
    this.eventLoops =
        new MultiThreadIoEventLoopGroup(configuration.eventLoops(), NioIoHandler.newFactory());
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
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    var unused = channel.close();
                  }
                })
            .bind(configuration.host(), configuration.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IOException("Cannot listen", bound.cause());
    }
    listener = bound.channel();
    return (InetSocketAddress) bound.channel().localAddress();
  }

  /**
   * Stops accepting, finishes what is in flight within {@code closeTimeout}, and closes every
   * connection.
   */
  @Override
  public void close() {
    if (listener != null) {
      var unusedClose = listener.close();
    }
    var unusedShutdown = eventLoops.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
