package dev.partita.bench;

import dev.partita.base.Clock;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Drives an endpoint with one source of requests and gathers what the event loops measured. */
final class LoadRun implements AutoCloseable {
  private static final int RECEIVE_BYTES = 16 << 10;
  private static final long START_DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long CONNECT_SECONDS_MAX = 30;

  /** About 290 years: a run that ends when its source does. */
  static final long UNTIL_DONE_NANOS = Long.MAX_VALUE / 2;

  private final BenchmarkSettings settings;
  private final Clock clock;
  private final Progress progress;
  private final MultiThreadIoEventLoopGroup group;
  private final @Nullable SslContext tls;

  LoadRun(BenchmarkSettings settings, Clock clock, Progress progress) throws IOException {
    this.settings = settings;
    this.clock = clock;
    this.progress = progress;
    this.tls = settings.target().encrypted() ? SslContextBuilder.forClient().build() : null;
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    DefaultThreadFactory threads = new DefaultThreadFactory("bench-loop", true);
    this.group = new MultiThreadIoEventLoopGroup(settings.pace().threads(), threads, io);
  }

  /** The result of a run: measurements, and seconds of CPU that this process took for them. */
  record Outcome(Measurements measurements, double windowSeconds, double generatorCpuSeconds) {}

  /**
   * Sends until the window ends or the sources have nothing more.
   *
   * @param label of the progress lines
   * @param sources the source of each event loop
   * @throws IOException if a connection cannot be opened
   */
  Outcome run(
      String label,
      IntFunction<RequestSource> sources,
      boolean closedLoop,
      long warmUp,
      long length)
      throws IOException, InterruptedException {
    LongAdder failures = new LongAdder();
    List<Worker> workers = new ArrayList<>();
    List<CompletableFuture<?>> connected = new ArrayList<>();
    int threads = settings.pace().threads();
    int connections = settings.pace().connections();
    for (int i = 0; i < threads; i++) {
      EventLoop loop = group.next();
      Worker worker =
          new Worker(loop, clock, sources.apply(i), arrivals(i, threads, closedLoop), failures);
      int share = connections / threads + (i < connections % threads ? 1 : 0);
      connected.add(worker.connect(bootstrap(), share, this::newConnection));
      workers.add(worker);
    }
    await(CompletableFuture.allOf(connected.toArray(CompletableFuture[]::new)));
    long start = clock.monotonicNanos() + START_DELAY_NANOS;
    Window window =
        new Window(
            start, start + warmUp, start + warmUp + length, settings.pace().timeout().toNanos());
    workers.forEach(worker -> worker.start(window));
    return watch(label, workers, window, failures);
  }

  private Arrivals arrivals(int index, int threads, boolean closedLoop) {
    if (closedLoop || settings.pace().ratePerSecond().isEmpty()) {
      return new Arrivals.Closed();
    }
    double rate = settings.pace().ratePerSecond().get();
    return new Arrivals.Open(rate / threads, (double) index / threads);
  }

  private void await(CompletableFuture<?> connected) throws IOException, InterruptedException {
    try {
      connected.get(CONNECT_SECONDS_MAX, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(
          "cannot connect to " + settings.target().endpoint() + ": " + cause(e), e);
    } catch (TimeoutException e) {
      throw new IOException("cannot connect to " + settings.target().endpoint() + " in 30 s", e);
    }
  }

  private static String cause(ExecutionException e) {
    Throwable cause = e.getCause();
    return cause == null || cause.getMessage() == null ? e.toString() : cause.getMessage();
  }

  private ChannelHandler newConnection(Worker worker) {
    BenchmarkSettings.Target target = settings.target();
    RequestEncoder encoder =
        target
            .credentials()
            .<RequestEncoder>map(
                credentials -> new SignedRequests(target, settings.workload(), credentials))
            .orElseGet(() -> new UnsignedRequests(target, settings.workload()));
    return pipeline(new Connection(worker, encoder, target.encrypted()));
  }

  private Bootstrap bootstrap() {
    Bootstrap bootstrap = new Bootstrap();
    bootstrap
        .group(group)
        .channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(RECEIVE_BYTES))
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 10_000)
        .remoteAddress(settings.target().endpoint().getHost(), settings.target().port());
    return bootstrap;
  }

  private ChannelHandler pipeline(Connection connection) {
    SslContext context = tls;
    if (context == null) {
      return connection;
    }
    BenchmarkSettings.Target target = settings.target();
    return new ChannelInitializer<SocketChannel>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        channel
            .pipeline()
            .addLast(
                context.newHandler(channel.alloc(), target.endpoint().getHost(), target.port()),
                connection);
      }
    };
  }

  private Outcome watch(String label, List<Worker> workers, Window window, LongAdder failures)
      throws InterruptedException {
    CompletableFuture<?> finished =
        CompletableFuture.allOf(
            workers.stream().map(Worker::finished).toArray(CompletableFuture[]::new));
    ProcessCpu cpu = new ProcessCpu();
    long nextLine = window.startNanos() + TimeUnit.SECONDS.toNanos(1);
    double cpuAtFrom = cpu.seconds();
    double cpuAtUntil = -1;
    boolean measuring = false;
    long failuresBefore = 0;
    while (!finished.isDone()) {
      long now = clock.monotonicNanos();
      if (!measuring && now - window.fromNanos() >= 0) {
        measuring = true;
        cpuAtFrom = cpu.seconds();
      }
      if (cpuAtUntil < 0 && window.isOver(now)) {
        cpuAtUntil = cpu.seconds();
      }
      if (now - nextLine >= 0) {
        long failuresNow = failures.sum();
        progress.line(
            label,
            !measuring,
            now - window.startNanos(),
            recent(workers),
            failuresNow - failuresBefore);
        failuresBefore = failuresNow;
        nextLine += TimeUnit.SECONDS.toNanos(1);
      }
      sleepUntilNext(finished, window, nextLine, now);
    }
    double cpuSeconds = (cpuAtUntil < 0 ? cpu.seconds() : cpuAtUntil) - cpuAtFrom;
    long end = Math.min(clock.monotonicNanos() - window.untilNanos(), 0) + window.untilNanos();
    Measurements sum = new Measurements();
    workers.forEach(worker -> sum.add(worker.finished().join()));
    return new Outcome(sum, (end - window.fromNanos()) / 1e9, cpuSeconds);
  }

  private static void sleepUntilNext(
      CompletableFuture<?> finished, Window window, long nextLine, long now)
      throws InterruptedException {
    long wait = nextLine - now;
    for (long boundary : new long[] {window.fromNanos(), window.untilNanos()}) {
      if (boundary - now > 0) {
        wait = Math.min(wait, boundary - now);
      }
    }
    try {
      finished.get(Math.max(wait, 100_000), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // The usual case: time for a progress line, or a boundary of the window.
    } catch (ExecutionException e) {
      throw new IllegalStateException("an event loop failed", e);
    }
  }

  private static Histogram recent(List<Worker> workers) {
    Histogram sum = Measurements.newHistogram();
    workers.forEach(worker -> sum.add(worker.measurements().recent().getIntervalHistogram()));
    return sum;
  }

  @Override
  public void close() {
    group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
