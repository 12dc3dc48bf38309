package dev.partita.triggers;

import dev.partita.base.Clock;
import dev.partita.triggers.StreamsClient.IteratorStart;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads one shard from a position to its end on a thread of its own: fills a batch, delivers it,
 * fills the next.
 */
final class ShardReader {
  private static final Logger LOG = LoggerFactory.getLogger(ShardReader.class);

  /** How often the position is saved when no record is delivered because none is wanted. */
  private static final Duration UNWANTED_SAVE_INTERVAL = Duration.ofSeconds(10);

  private final String streamArn;
  private final String shardId;
  private final Parts parts;
  private final TriggerSettings.Batching batching;
  private final BatchDelivery delivery;
  private final RecordBuffer buffer;
  private final Thread thread;

  private Position start;
  private Optional<String> iterator;
  private Optional<String> readUpTo = Optional.empty();
  private boolean atEnd;
  private boolean gone;
  private long lastSaveNanos;

  private final Object delivering = new Object();
  private boolean isDelivering;
  private boolean stopping;

  /**
   * What all readers of a consumer share.
   *
   * @param settings of the consumer
   * @param client for the stream
   * @param checkpoints where positions are kept
   * @param memory for records
   * @param clock for windows
   * @param pause between polls
   */
  record Parts(
      TriggerSettings settings,
      StreamsClient client,
      Checkpoints checkpoints,
      RecordMemory memory,
      Clock clock,
      Pause pause) {}

  /** Makes the delivery of a shard, which is to wait with the given pause. */
  @FunctionalInterface
  interface DeliveryFactory {
    BatchDelivery create(Pause pause);
  }

  /** How a reader has ended. */
  sealed interface End {

    /** All was delivered, and the checkpoint says so. */
    record Finished() implements End {}

    /** The endpoint says that there is no such shard. */
    record Gone() implements End {}

    /** The consumer is stopping. */
    record Stopped() implements End {}

    /** Something is wrong that does not go away. */
    record Failed(Throwable cause) implements End {}
  }

  /**
   * A reader that is not started yet.
   *
   * @param start where to begin
   * @param iterator an iterator for that position, if there is one already
   * @param ended told how this reader has ended, on its thread
   */
  ShardReader(
      String streamArn,
      String shardId,
      Position start,
      Optional<String> iterator,
      Parts parts,
      DeliveryFactory deliveries,
      BiConsumer<String, End> ended) {
    this.streamArn = streamArn;
    this.shardId = shardId;
    this.start = start;
    this.iterator = iterator;
    this.parts = parts;
    this.batching = parts.settings().batching();
    this.delivery = deliveries.create(this::pauseDelivery);
    this.buffer = new RecordBuffer(batching.recordsMax());
    this.thread =
        Thread.ofVirtual().name(shardId).unstarted(() -> ended.accept(shardId, readToEnd()));
  }

  void begin() {
    thread.start();
  }

  /** Asks it to end; a delivery under way goes on. */
  void stop() {
    synchronized (delivering) {
      stopping = true;
      if (!isDelivering) {
        thread.interrupt();
      }
    }
  }

  /** Ends a delivery under way too. */
  void abandon() {
    thread.interrupt();
  }

  private End readToEnd() {
    try {
      lastSaveNanos = parts.clock().monotonicNanos();
      fill();
      while (!buffer.isEmpty()) {
        deliver();
        fill();
      }
      if (gone) {
        return new End.Gone();
      }
      parts.checkpoints().save(shardId, new Position.Finished());
      return new End.Finished();
    } catch (InterruptedException e) {
      return new End.Stopped();
    } catch (IOException | RuntimeException | Error e) {
      return new End.Failed(e);
    } finally {
      parts.memory().release(buffer.clear());
    }
  }

  /** Reads until there is a batch to deliver, or to the end of the shard. */
  private void fill() throws IOException, InterruptedException {
    long since = parts.clock().monotonicNanos();
    boolean moreAtOnce = false;
    while (!atEnd && !buffer.isFull()) {
      if (buffer.isEmpty()) {
        parts.memory().awaitPage();
        since = parts.clock().monotonicNanos();
      } else if ((!moreAtOnce && windowLeft(since).isZero()) || !parts.memory().tryPage()) {
        return;
      }
      int limit = Math.min(buffer.room(), StreamsClient.RECORDS_MAX);
      moreAtOnce = readPage(limit) == limit;
      if (!moreAtOnce && !atEnd) {
        Duration left = buffer.isEmpty() ? Duration.ofDays(1) : windowLeft(since);
        Duration poll = parts.settings().pace().pollInterval();
        parts.pause().pause(left.compareTo(poll) < 0 ? left : poll);
      }
    }
  }

  private Duration windowLeft(long sinceNanos) {
    long passed = parts.clock().monotonicNanos() - sinceNanos;
    Duration left = batching.window().minusNanos(passed);
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** Reads a page, for which there must be room, and says how many records it had. */
  private int readPage(int limit) throws IOException, InterruptedException {
    List<StreamRecord> wanted = List.of();
    try {
      RecordsPage page = nextPage(limit);
      iterator = page.nextIterator();
      atEnd = iterator.isEmpty();
      wanted = page.records().stream().filter(this::isWanted).toList();
      buffer.addAll(wanted);
      if (!page.records().isEmpty()) {
        readUpTo = Optional.of(page.records().getLast().sequenceNumber());
      }
      saveUnwanted();
      return page.records().size();
    } finally {
      parts.memory().pageRead(wanted);
    }
  }

  private boolean isWanted(StreamRecord record) {
    boolean early =
        start instanceof Position.Latest(Instant since)
            && record.createdAt().isBefore(since.truncatedTo(ChronoUnit.SECONDS));
    return !early && batching.events().contains(record.eventName());
  }

  private void saveUnwanted() throws IOException {
    long now = parts.clock().monotonicNanos();
    if (buffer.isEmpty()
        && readUpTo.isPresent()
        && now - lastSaveNanos >= UNWANTED_SAVE_INTERVAL.toNanos()) {
      save(readUpTo.get());
    }
  }

  private RecordsPage nextPage(int limit) throws IOException, InterruptedException {
    while (true) {
      try {
        if (iterator.isEmpty()) {
          iterator = parts.client().iterator(streamArn, shardId, iteratorStart());
          if (iterator.isEmpty()) {
            return RecordsPage.END;
          }
        }
        return parts.client().records(streamArn, iterator.get(), limit);
      } catch (StreamsException e) {
        iterator = Optional.empty();
        switch (e.reaction()) {
          case NEW_ITERATOR -> LOG.info("{}: {}", shardId, e.getMessage());
          case TRIMMED -> {
            LOG.warn("{}: records were trimmed before they were read: {}", shardId, e.getMessage());
            start = new Position.TrimHorizon();
            readUpTo = Optional.empty();
          }
          case NOT_FOUND -> {
            gone = true;
            return RecordsPage.END;
          }
          case RETRY, GIVE_UP -> throw e;
        }
        parts.pause().pause(parts.settings().pace().pollInterval());
      }
    }
  }

  private IteratorStart iteratorStart() {
    if (readUpTo.isPresent()) {
      return new IteratorStart.After(readUpTo.get());
    }
    return switch (start) {
      case Position.After(String sequenceNumber) -> new IteratorStart.After(sequenceNumber);
      // What was written since that moment is told apart by its time.
      case Position.Latest _, Position.TrimHorizon _, Position.Finished _ ->
          new IteratorStart.TrimHorizon();
    };
  }

  private void deliver() throws IOException, InterruptedException {
    StreamBatch batch = new StreamBatch(streamArn, shardId, buffer.take());
    try {
      deliveryBegins();
      delivery.deliver(batch, done -> doneUpTo(batch, done));
      deliveryEnds();
    } finally {
      parts.memory().release(batch.records());
    }
  }

  /** What is not wanted after the last record of the last batch is done with as well. */
  private void doneUpTo(StreamBatch batch, String sequenceNumber) throws IOException {
    boolean all = buffer.isEmpty() && sequenceNumber.equals(batch.lastSequenceNumber());
    save(all ? readUpTo.orElse(sequenceNumber) : sequenceNumber);
  }

  private void save(String sequenceNumber) throws IOException {
    parts.checkpoints().save(shardId, new Position.After(sequenceNumber));
    lastSaveNanos = parts.clock().monotonicNanos();
  }

  private void deliveryBegins() throws InterruptedException {
    synchronized (delivering) {
      if (stopping) {
        throw new InterruptedException("stopping");
      }
      isDelivering = true;
    }
  }

  private void deliveryEnds() throws InterruptedException {
    synchronized (delivering) {
      isDelivering = false;
      if (stopping) {
        throw new InterruptedException("stopping");
      }
    }
  }

  /** Between two attempts no delivery is under way. */
  private void pauseDelivery(Duration duration) throws InterruptedException {
    deliveryEnds();
    parts.pause().pause(duration);
    deliveryBegins();
  }
}
