package dev.partita.triggers;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a handler, for a limited time, on a thread of its own that is interrupted after it. Never
 * leaves a call behind: a handler that ignores interrupts holds its shard up, because two calls for
 * one shard would break the order.
 */
final class TimedDelivery {
  private static final Logger LOG = LoggerFactory.getLogger(TimedDelivery.class);
  private static final Duration WARNING_INTERVAL = Duration.ofMinutes(1);
  private static final Duration ABANDON_MAX = Duration.ofSeconds(5);

  private final TriggerHandler handler;
  private final Duration timeout;

  TimedDelivery(TriggerHandler handler, Duration timeout) {
    this.handler = handler;
    this.timeout = timeout;
  }

  /**
   * One attempt.
   *
   * @throws InterruptedException if the consumer stops; what became of the batch is not known
   */
  DeliveryOutcome deliver(StreamBatch batch) throws InterruptedException {
    FutureTask<DeliveryOutcome> call = new FutureTask<>(() -> handler.handle(batch));
    Thread thread = Thread.ofVirtual().name("delivery-" + batch.shardId()).start(call);
    try {
      return call.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      return failure(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      thread.interrupt();
      awaitEnd(thread, batch);
      return new DeliveryOutcome.Failed("no answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      thread.interrupt();
      if (!thread.join(ABANDON_MAX)) {
        LOG.warn("the handler ignores that the consumer stops: {}", batch);
      }
      throw e;
    }
  }

  private static void awaitEnd(Thread thread, StreamBatch batch) throws InterruptedException {
    while (!thread.join(WARNING_INTERVAL)) {
      LOG.warn("the handler ignores that its time is over: {}", batch);
    }
  }

  private static DeliveryOutcome failure(Throwable failure) {
    if (failure instanceof VirtualMachineError error) {
      throw error;
    }
    String message = failure.getMessage();
    String name = failure.getClass().getSimpleName();
    return new DeliveryOutcome.Failed(message == null ? name : name + ": " + message);
  }
}
