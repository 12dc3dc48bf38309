package dev.partita.bench.ceiling;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** The bare server, a program of its own: {@code CeilingServer DIRECTORY}. */
final class CeilingServer implements AutoCloseable {
  /** What the program prints before its port once it answers. */
  static final String READY = "ready ";

  private static final int BODY_BYTES_MAX = 16 << 20;
  private static final AsciiString JSON_TYPE = AsciiString.cached("application/x-amz-json-1.0");
  private static final byte[] EMPTY_OBJECT = "{}".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ACTIVE_TABLE =
      "{\"Table\":{\"TableStatus\":\"ACTIVE\"}}".getBytes(StandardCharsets.US_ASCII);

  private final CeilingStore store;
  private final MultiThreadIoEventLoopGroup group;
  private final Channel listener;

  CeilingServer(Path directory) throws RocksDBException {
    this.store = new CeilingStore(directory);
    store.start();
    boolean epoll = Epoll.isAvailable();
    IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    this.group = new MultiThreadIoEventLoopGroup(1, io);
    ServerBootstrap bootstrap = new ServerBootstrap();
    bootstrap
        .group(group)
        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, 1024)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(BODY_BYTES_MAX),
                        new Requests(store));
              }
            });
    this.listener = bootstrap.bind("127.0.0.1", 0).syncUninterruptibly().channel();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    listener.close().syncUninterruptibly();
    group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    store.close();
  }

  /** Serves until standard input ends, which it does with the parent. */
  public static void main(String[] arguments) throws Exception {
    RocksDB.loadLibrary();
    try (CeilingServer server = new CeilingServer(Path.of(arguments[0]))) {
      System.out.println(READY + server.port());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }

  /** Answers requests; writes answer from the writer through the event loop. */
  @SuppressWarnings("FutureReturnValueIgnored") // The void promise reports to exceptionCaught.
  private static final class Requests extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final CeilingStore store;

    Requests(CeilingStore store) {
      this.store = store;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request)
        throws IOException, RocksDBException, InterruptedException {
      String target = request.headers().get("X-Amz-Target", "");
      boolean put = target.endsWith("PutItem");
      if (!put && !target.endsWith("GetItem")) {
        send(context, target.endsWith("DescribeTable") ? ACTIVE_TABLE : EMPTY_OBJECT);
        return;
      }
      byte[] body = ByteBufUtil.getBytes(request.content());
      Optional<CeilingItems.Request> parsed = CeilingItems.parse(body, put);
      if (parsed.isEmpty()) {
        send(context, EMPTY_OBJECT);
        return;
      }
      CeilingItems.Request row = parsed.get();
      if (put) {
        Runnable answer = () -> context.executor().execute(() -> send(context, EMPTY_OBJECT));
        store.put(new CeilingStore.Put(row.key(), row.item(), answer));
      } else {
        byte[] stored = store.get(row.key());
        send(context, stored == null ? EMPTY_OBJECT : CeilingItems.answer(stored));
      }
    }

    private static void send(ChannelHandlerContext context, byte[] body) {
      DefaultFullHttpResponse response =
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.OK, Unpooled.wrappedBuffer(body));
      CRC32 checksum = new CRC32();
      checksum.update(body);
      long id = ThreadLocalRandom.current().nextLong() & Long.MAX_VALUE;
      response
          .headers()
          .set(HttpHeaderNames.CONTENT_TYPE, JSON_TYPE)
          .setInt(HttpHeaderNames.CONTENT_LENGTH, body.length)
          .set("x-amzn-RequestId", Long.toString(id, 36))
          .set("x-amz-crc32", Long.toString(checksum.getValue()))
          .set("Server", "ceiling");
      context.writeAndFlush(response, context.voidPromise());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      if (!(cause instanceof IOException)) {
        System.err.println("bare server: " + cause);
      }
      context.close();
    }
  }
}
