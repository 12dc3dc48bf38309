package dev.partita.triggers;

/** What receives the records of a stream. */
@FunctionalInterface
public interface TriggerHandler {

  /**
   * Takes one batch. Called for one batch of a shard at a time, for several shards at once. After
   * the delivery time-out, and when the consumer has to stop, the calling thread is interrupted;
   * the shard waits until the call is over.
   *
   * <p>The same record may come again: after a failure, and after a crash between a delivery and
   * its checkpoint.
   *
   * @return what became of the batch
   * @throws Exception if it failed; the same as {@link DeliveryOutcome.Failed}
   */
  DeliveryOutcome handle(StreamBatch batch) throws Exception;
}
