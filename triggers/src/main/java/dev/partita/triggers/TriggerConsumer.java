package dev.partita.triggers;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.triggers.StreamsClient.IteratorStart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the records of a stream to a handler until the stream ends or the consumer is told to
 * stop. The calling thread looks for shards; each shard that may be read, because its parent is
 * finished, has a {@link ShardReader}.
 *
 * <pre>{@code
 * TriggerSettings settings = new TriggerSettings(
 *     new TriggerSettings.Source(
 *         URI.create("http://127.0.0.1:8000"), "us-east-1", Optional.empty(),
 *         new TriggerSettings.StreamName.OfTable("Orders"), TriggerSettings.Start.TRIM_HORIZON),
 *     Path.of("orders.checkpoint"));
 * new TriggerConsumer(settings, batch -> {
 *   batch.records().forEach(record -> System.out.println(record.json()));
 *   return new DeliveryOutcome.Delivered();
 * }).run();
 * }</pre>
 */
public final class TriggerConsumer {
  private static final Logger LOG = LoggerFactory.getLogger(TriggerConsumer.class);
  private static final Duration CHILD_MISSING_INTERVAL = Duration.ofSeconds(1);
  private static final Duration ABANDON_MAX = Duration.ofSeconds(15);

  private final TriggerSettings settings;
  private final TriggerHandler handler;
  private final Clock clock;
  private final RandomSource random;
  private final Pause pause;
  private final Progress progress = new Progress();
  private final Optional<DeadLetters> deadLetters;

  private final Map<String, ShardReader> running = new HashMap<>();
  private final Map<String, String> firstIterators = new HashMap<>();
  private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();

  private final Object lifecycle = new Object();
  private @Nullable Thread runner;
  private boolean stopping;

  /** How a run has ended. */
  public enum End {
    /** The stream is disabled and everything in it was delivered. */
    STREAM_ENDED,
    /** {@link TriggerConsumer#stop} was called. */
    STOPPED
  }

  private record Ended(String shardId, ShardReader.End end) {}

  /** A consumer on the machine's clock. */
  public TriggerConsumer(TriggerSettings settings, TriggerHandler handler) {
    this(settings, handler, Clock.SYSTEM, RandomSource.SYSTEM, Pause.REAL);
  }

  TriggerConsumer(
      TriggerSettings settings,
      TriggerHandler handler,
      Clock clock,
      RandomSource random,
      Pause pause) {
    this.settings = settings;
    this.handler = handler;
    this.deadLetters = settings.failures().deadLetters().map(file -> new DeadLetters(file, clock));
    this.clock = clock;
    this.random = random;
    this.pause = pause;
  }

  /** What was done so far. */
  public Progress progress() {
    return progress;
  }

  /** Makes {@link #run} return soon; returns at once. Deliveries under way have some time left. */
  public void stop() {
    synchronized (lifecycle) {
      stopping = true;
      if (runner != null) {
        runner.interrupt();
      }
    }
  }

  /**
   * Consumes the stream. To be called once.
   *
   * @throws TriggerException if it cannot start or go on; the checkpoint is as the last delivery
   *     left it
   * @throws InterruptedException if the thread was interrupted by somebody else
   */
  public End run() throws TriggerException, InterruptedException {
    synchronized (lifecycle) {
      if (stopping) {
        return End.STOPPED;
      }
      runner = Thread.currentThread();
    }
    try (StreamsClient client = new StreamsClient(settings.source(), random, pause)) {
      return consume(client);
    } catch (StreamsException e) {
      throw new TriggerException("the endpoint refuses: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new TriggerException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      if (!wasStopped()) {
        throw e;
      }
      return End.STOPPED;
    } finally {
      synchronized (lifecycle) {
        runner = null;
        if (stopping && Thread.interrupted()) {
          LOG.debug("stopped while ending");
        }
      }
    }
  }

  private boolean wasStopped() {
    synchronized (lifecycle) {
      return stopping;
    }
  }

  private End consume(StreamsClient client)
      throws IOException, TriggerException, InterruptedException {
    String streamArn = streamArn(client);
    try (Checkpoints checkpoints = Checkpoints.open(settings.checkpoint(), streamArn)) {
      ShardReader.Parts parts =
          new ShardReader.Parts(
              settings,
              client,
              checkpoints,
              new RecordMemory(Runtime.getRuntime().maxMemory() / 4),
              clock,
              pause);
      try {
        return readShards(streamArn, parts);
      } finally {
        stopReaders();
      }
    }
  }

  private String streamArn(StreamsClient client)
      throws IOException, TriggerException, InterruptedException {
    return switch (settings.source().stream()) {
      case TriggerSettings.StreamName.Arn(String arn) -> arn;
      case TriggerSettings.StreamName.OfTable(String table) -> {
        try {
          yield client
              .latestStreamArn(table)
              .orElseThrow(() ->
                  new TriggerException(
                      "the table " + table + " has no stream; enable one with UpdateTable"));
        } catch (StreamsException e) {
          if (e.reaction() == StreamsException.Reaction.NOT_FOUND) {
            throw new TriggerException("there is no table " + table, e);
          }
          throw e;
        }
      }
    };
  }

  private End readShards(String streamArn, ShardReader.Parts parts)
      throws IOException, TriggerException, InterruptedException {
    Optional<StreamDescription> first = describe(streamArn, parts.client());
    if (first.isEmpty()) {
      throw new TriggerException("there is no stream " + streamArn);
    }
    StreamDescription stream = first.get();
    if (parts.checkpoints().isNew()) {
      beginStream(streamArn, stream, parts);
    }
    LOG.info("reading {}", streamArn);
    while (true) {
      startReaders(streamArn, stream, parts);
      if (running.isEmpty() && stream.disabled() && isFinished(stream, parts.checkpoints())) {
        LOG.info("{} is disabled and was read to its end", streamArn);
        return End.STREAM_ENDED;
      }
      awaitEnds(discoveryInterval(stream, parts.checkpoints()));
      Optional<StreamDescription> next = describe(streamArn, parts.client());
      if (next.isEmpty()) {
        return streamGone(streamArn, stream, parts.checkpoints());
      }
      stream = next.get();
      forgetTrimmed(stream, parts.checkpoints());
    }
  }

  private static Optional<StreamDescription> describe(String streamArn, StreamsClient client)
      throws IOException, InterruptedException {
    try {
      return Optional.of(client.describe(streamArn));
    } catch (StreamsException e) {
      if (e.reaction() == StreamsException.Reaction.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static End streamGone(String streamArn, StreamDescription last, Checkpoints checkpoints)
      throws TriggerException {
    if (!isFinished(last, checkpoints)) {
      throw new TriggerException(streamArn + " is gone before all of it was delivered");
    }
    LOG.info("{} is gone and was read to its end", streamArn);
    return End.STREAM_ENDED;
  }

  /** Fixes where each shard begins, so that a restart finds the same place. */
  private void beginStream(String streamArn, StreamDescription stream, ShardReader.Parts parts)
      throws IOException, InterruptedException {
    Map<String, Position> positions = new HashMap<>();
    if (settings.source().start() == TriggerSettings.Start.LATEST) {
      for (StreamDescription.Shard shard : stream.shards()) {
        if (shard.closed()) {
          positions.put(shard.id(), new Position.Finished());
        } else {
          Instant since = Instant.ofEpochMilli(clock.wallMillis());
          parts
              .client()
              .iterator(streamArn, shard.id(), new IteratorStart.Latest())
              .ifPresent(iterator -> firstIterators.put(shard.id(), iterator));
          positions.put(shard.id(), new Position.Latest(since));
        }
      }
    }
    parts.checkpoints().saveAll(positions);
  }

  private void startReaders(String streamArn, StreamDescription stream, ShardReader.Parts parts) {
    Checkpoints checkpoints = parts.checkpoints();
    Set<String> listed = ids(stream);
    for (StreamDescription.Shard shard : stream.shards()) {
      String id = shard.id();
      boolean parentDone =
          shard
              .parentId()
              .filter(parent -> listed.contains(parent) && !isFinished(parent, checkpoints))
              .isEmpty();
      if (running.containsKey(id) || isFinished(id, checkpoints) || !parentDone) {
        continue;
      }
      Position start = checkpoints.position(id).orElseGet(Position.TrimHorizon::new);
      LOG.info("shard {} from {}", id, start);
      ShardReader reader =
          new ShardReader(
              streamArn,
              id,
              start,
              Optional.ofNullable(firstIterators.remove(id)),
              parts,
              this::newDelivery,
              (shardId, end) -> ended.add(new Ended(shardId, end)));
      running.put(id, reader);
      reader.begin();
    }
  }

  private BatchDelivery newDelivery(Pause between) {
    TriggerSettings.Failures rules = settings.failures();
    return new BatchDelivery(
        new TimedDelivery(handler, rules.deliveryTimeout()),
        rules,
        deadLetters,
        progress,
        clock,
        random,
        between);
  }

  /** Waits until a reader has ended, at most this long. */
  private void awaitEnds(Duration max) throws TriggerException, InterruptedException {
    Ended next = ended.poll(max.toNanos(), TimeUnit.NANOSECONDS);
    while (next != null) {
      running.remove(next.shardId());
      switch (next.end()) {
        case ShardReader.End.Finished _ -> LOG.info("shard {} is finished", next.shardId());
        case ShardReader.End.Gone _ -> {
          LOG.warn("shard {} is gone", next.shardId());
          pause.pause(settings.pace().pollInterval());
        }
        case ShardReader.End.Stopped _ -> throw new InterruptedException("a reader was stopped");
        case ShardReader.End.Failed(Throwable cause) ->
            throw new TriggerException(
                "reading %s failed: %s".formatted(next.shardId(), cause.getMessage()), cause);
      }
      next = ended.poll();
    }
  }

  /** A closed shard of a stream that goes on has children, or will have them at once. */
  private Duration discoveryInterval(StreamDescription stream, Checkpoints checkpoints) {
    Set<String> parents =
        stream.shards().stream()
            .flatMap(shard -> shard.parentId().stream())
            .collect(Collectors.toSet());
    boolean childMissing =
        stream.shards().stream()
            .anyMatch(
                shard -> isFinished(shard.id(), checkpoints) && !parents.contains(shard.id()));
    Duration usual = settings.pace().discoveryInterval();
    return childMissing && usual.compareTo(CHILD_MISSING_INTERVAL) > 0
        ? CHILD_MISSING_INTERVAL
        : usual;
  }

  private void forgetTrimmed(StreamDescription stream, Checkpoints checkpoints) {
    Set<String> known = new HashSet<>(ids(stream));
    known.addAll(running.keySet());
    for (String id : checkpoints.shardIds()) {
      if (!known.contains(id) && !isFinished(id, checkpoints)) {
        LOG.warn("shard {} was trimmed before all of it was delivered", id);
      }
    }
    checkpoints.retain(known);
  }

  private static Set<String> ids(StreamDescription stream) {
    return stream.shards().stream().map(StreamDescription.Shard::id).collect(Collectors.toSet());
  }

  private static boolean isFinished(StreamDescription stream, Checkpoints checkpoints) {
    return ids(stream).stream().allMatch(id -> isFinished(id, checkpoints));
  }

  private static boolean isFinished(String shardId, Checkpoints checkpoints) {
    return checkpoints.position(shardId).orElse(null) instanceof Position.Finished;
  }

  /** Lets deliveries under way end, or ends them when their time is over. */
  private void stopReaders() {
    running.values().forEach(ShardReader::stop);
    if (!awaitReaders(settings.pace().stopTimeout())) {
      LOG.warn("abandoning the deliveries of {}", running.keySet());
      running.values().forEach(ShardReader::abandon);
      if (!awaitReaders(ABANDON_MAX)) {
        LOG.warn("{} do not end", running.keySet());
      }
    }
  }

  /** Whether all readers have ended within this time. */
  private boolean awaitReaders(Duration max) {
    boolean interrupted = false;
    long deadline = clock.monotonicNanos() + max.toNanos();
    while (!running.isEmpty()) {
      try {
        Ended next = ended.poll(deadline - clock.monotonicNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
          break;
        }
        running.remove(next.shardId());
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return running.isEmpty();
  }
}
