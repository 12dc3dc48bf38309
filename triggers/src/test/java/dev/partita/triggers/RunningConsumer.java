package dev.partita.triggers;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A consumer on a thread of its own. */
final class RunningConsumer implements AutoCloseable {
  private final TriggerConsumer consumer;
  private final FutureTask<TriggerConsumer.End> run;

  private RunningConsumer(TriggerConsumer consumer) {
    this.consumer = consumer;
    this.run = new FutureTask<>(consumer::run);
    Thread.ofPlatform().daemon().name("consumer").start(run);
  }

  static RunningConsumer start(TriggerSettings settings, TriggerHandler handler) {
    return new RunningConsumer(new TriggerConsumer(settings, handler));
  }

  Progress progress() {
    return consumer.progress();
  }

  /** Waits for its end. */
  TriggerConsumer.End end() throws InterruptedException, TriggerException {
    try {
      return run.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TriggerException cause) {
        throw cause;
      }
      throw new IllegalStateException(e);
    } catch (TimeoutException e) {
      throw new IllegalStateException("it does not end", e);
    }
  }

  /** Tells it to stop. */
  void stop() {
    consumer.stop();
  }

  /** Stops it, if it runs; how it ended before is not looked at. */
  @Override
  public void close() {
    consumer.stop();
    try {
      run.get(60, TimeUnit.SECONDS);
    } catch (ExecutionException alreadyKnown) {
      return;
    } catch (TimeoutException e) {
      throw new IllegalStateException("it does not end", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
