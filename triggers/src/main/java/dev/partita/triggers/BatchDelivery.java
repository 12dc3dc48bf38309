package dev.partita.triggers;

import dev.partita.base.Clock;
import dev.partita.base.RandomSource;
import dev.partita.triggers.DeadLetters.Condition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one batch after the rules of AWS Lambda: tries again, cuts in two, takes partial
 * failures into account, gives up. Records leave in order; after each part that is done with,
 * {@link Checkpoint} learns how far that is. One for each shard; not thread-safe.
 */
final class BatchDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(BatchDelivery.class);
  private static final Duration BACKOFF_FIRST = Duration.ofMillis(200);
  private static final Duration BACKOFF_MAX = Duration.ofSeconds(30);

  private final TimedDelivery handler;
  private final TriggerSettings.Failures rules;
  private final Optional<DeadLetters> deadLetters;
  private final Progress progress;
  private final Clock clock;
  private final Pause pause;
  private final Backoff backoff;

  BatchDelivery(
      TimedDelivery handler,
      TriggerSettings.Failures rules,
      Optional<DeadLetters> deadLetters,
      Progress progress,
      Clock clock,
      RandomSource random,
      Pause pause) {
    this.handler = handler;
    this.rules = rules;
    this.deadLetters = deadLetters;
    this.progress = progress;
    this.clock = clock;
    this.pause = pause;
    this.backoff = new Backoff(BACKOFF_FIRST, BACKOFF_MAX, random);
  }

  /** Learns that everything up to a record was delivered or given up. */
  @FunctionalInterface
  interface Checkpoint {
    void doneUpTo(String sequenceNumber) throws IOException;
  }

  /**
   * What is left of a batch, or one half.
   *
   * @param retries that counted
   * @param attempts all of them, also of the whole that it was cut from
   */
  private record Part(StreamBatch batch, int retries, int attempts) {
    Part afterAttempt(StreamBatch rest, boolean counts) {
      return new Part(rest, counts ? retries + 1 : retries, attempts + 1);
    }
  }

  /**
   * Returns when nothing of the batch is left to do.
   *
   * @throws InterruptedException if the consumer stops; the part under way is as if never tried
   */
  void deliver(StreamBatch batch, Checkpoint checkpoint) throws IOException, InterruptedException {
    Deque<Part> parts = new ArrayDeque<>();
    parts.push(new Part(batch, 0, 0));
    backoff.reset();
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      Optional<Part> young = withoutOldRecords(part, checkpoint);
      if (young.isPresent()) {
        attempt(young.get(), parts, checkpoint);
      }
    }
  }

  private void attempt(Part part, Deque<Part> parts, Checkpoint checkpoint)
      throws IOException, InterruptedException {
    StreamBatch batch = part.batch();
    switch (handler.deliver(batch)) {
      case DeliveryOutcome.Delivered _ -> delivered(batch, checkpoint);
      case DeliveryOutcome.Failed(String cause) -> failed(part, cause, parts, checkpoint);
      case DeliveryOutcome.PartlyFailed partly -> {
        int first = firstFailed(batch, partly);
        if (first < 0) {
          failed(part, "the handler reported records that it did not get", parts, checkpoint);
        } else if (first == 0) {
          failed(part, "the handler reported the first record as failed", parts, checkpoint);
        } else {
          delivered(batch.part(0, first), checkpoint);
          StreamBatch rest = batch.part(first, batch.records().size());
          String cause =
              "the handler reported record %d of %d as failed"
                  .formatted(first + 1, batch.records().size());
          retryOrGiveUp(part.afterAttempt(rest, !rules.bisect()), cause, parts, checkpoint);
        }
      }
    }
  }

  private void delivered(StreamBatch batch, Checkpoint checkpoint) throws IOException {
    checkpoint.doneUpTo(batch.lastSequenceNumber());
    progress.delivered(batch.records().size());
    backoff.reset();
  }

  /** The index of the first record that the handler names; -1 if it names none or a strange one. */
  private static int firstFailed(StreamBatch batch, DeliveryOutcome.PartlyFailed partly) {
    int first = -1;
    int found = 0;
    for (int i = batch.records().size() - 1; i >= 0; i--) {
      if (partly.sequenceNumbers().contains(batch.records().get(i).sequenceNumber())) {
        first = i;
        found++;
      }
    }
    return found == partly.sequenceNumbers().size() ? first : -1;
  }

  private void failed(Part part, String cause, Deque<Part> parts, Checkpoint checkpoint)
      throws IOException, InterruptedException {
    StreamBatch batch = part.batch();
    int size = batch.records().size();
    if (rules.bisect() && size > 1) {
      LOG.warn("cutting {} in two: {}", batch, cause);
      progress.retried();
      parts.push(part.afterAttempt(batch.part(size / 2, size), false));
      parts.push(part.afterAttempt(batch.part(0, size / 2), false));
      pause.pause(backoff.next());
      return;
    }
    retryOrGiveUp(part.afterAttempt(batch, true), cause, parts, checkpoint);
  }

  private void retryOrGiveUp(Part part, String cause, Deque<Part> parts, Checkpoint checkpoint)
      throws IOException, InterruptedException {
    if (part.retries() > rules.retriesMax().orElse(Integer.MAX_VALUE)) {
      giveUp(part.batch(), Condition.RETRIES_EXHAUSTED, cause, part.attempts(), checkpoint);
      return;
    }
    LOG.warn("delivering {} failed in attempt {}: {}", part.batch(), part.attempts(), cause);
    progress.retried();
    parts.push(part);
    pause.pause(backoff.next());
  }

  /** Records come oldest first, so the old ones are at the beginning. */
  private Optional<Part> withoutOldRecords(Part part, Checkpoint checkpoint) throws IOException {
    if (rules.recordAgeMax().isEmpty()) {
      return Optional.of(part);
    }
    Duration limit = rules.recordAgeMax().get();
    Instant oldest = Instant.ofEpochMilli(clock.wallMillis()).minus(limit);
    StreamBatch batch = part.batch();
    int size = batch.records().size();
    int old = 0;
    while (old < size && batch.records().get(old).createdAt().isBefore(oldest)) {
      old++;
    }
    if (old == 0) {
      return Optional.of(part);
    }
    giveUp(
        batch.part(0, old),
        Condition.RECORD_AGE_EXCEEDED,
        "older than " + limit.toSeconds() + " s",
        part.attempts(),
        checkpoint);
    return old == size
        ? Optional.empty()
        : Optional.of(new Part(batch.part(old, size), part.retries(), part.attempts()));
  }

  private void giveUp(
      StreamBatch batch, Condition condition, String cause, int attempts, Checkpoint checkpoint)
      throws IOException {
    LOG.error("giving up {} after {} attempts, {}: {}", batch, attempts, condition, cause);
    if (deadLetters.isPresent()) {
      deadLetters.get().write(batch, condition, cause, attempts);
    }
    checkpoint.doneUpTo(batch.lastSequenceNumber());
    progress.givenUp(batch.records().size());
    backoff.reset();
  }
}
