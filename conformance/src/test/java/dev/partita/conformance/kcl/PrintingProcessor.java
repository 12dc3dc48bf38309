package dev.partita.conformance.kcl;

import com.amazonaws.services.dynamodbv2.streamsadapter.adapter.DynamoDBStreamsClientRecord;
import com.amazonaws.services.dynamodbv2.streamsadapter.model.DynamoDBStreamsProcessRecordsInput;
import com.amazonaws.services.dynamodbv2.streamsadapter.processor.DynamoDBStreamsShardRecordProcessor;
import java.io.PrintStream;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.kinesis.exceptions.InvalidStateException;
import software.amazon.kinesis.exceptions.ShutdownException;
import software.amazon.kinesis.lifecycle.events.InitializationInput;
import software.amazon.kinesis.lifecycle.events.LeaseLostInput;
import software.amazon.kinesis.lifecycle.events.ShardEndedInput;
import software.amazon.kinesis.lifecycle.events.ShutdownRequestedInput;
import software.amazon.kinesis.processor.RecordProcessorCheckpointer;

/**
 * Prints each record of a shard in a line, then checkpoints: {@code record SHARD ITEM EVENT OLD
 * NEW}, where OLD and NEW are the versions in the images, {@code -} if there is none.
 */
final class PrintingProcessor implements DynamoDBStreamsShardRecordProcessor {
  private final PrintStream out;
  private String shardId = "?";

  PrintingProcessor(PrintStream out) {
    this.out = out;
  }

  @Override
  public void initialize(InitializationInput input) {
    shardId = input.shardId();
    print("shard " + shardId);
  }

  @Override
  public void processRecords(DynamoDBStreamsProcessRecordsInput input) {
    for (DynamoDBStreamsClientRecord client : input.records()) {
      Record change = client.getRecord();
      print(
          "record %s %s %s %s %s"
              .formatted(
                  shardId,
                  item(change.dynamodb().keys()),
                  change.eventNameAsString(),
                  version(change.dynamodb().oldImage()),
                  version(change.dynamodb().newImage())));
    }
    if (!input.records().isEmpty()) {
      checkpoint(input.checkpointer());
    }
  }

  private static String item(Map<String, AttributeValue> keys) {
    AttributeValue item = keys.get("p");
    return item == null ? "?" : item.s();
  }

  private static String version(Map<String, AttributeValue> image) {
    AttributeValue version = image.get("v");
    return version == null ? "-" : version.n();
  }

  @Override
  public void leaseLost(LeaseLostInput input) {
    print("lost " + shardId);
  }

  @Override
  public void shardEnded(ShardEndedInput input) {
    print("ended " + shardId);
    checkpoint(input.checkpointer());
  }

  @Override
  public void shutdownRequested(ShutdownRequestedInput input) {
    checkpoint(input.checkpointer());
  }

  private void checkpoint(RecordProcessorCheckpointer checkpointer) {
    try {
      checkpointer.checkpoint();
    } catch (InvalidStateException | ShutdownException e) {
      print("unchecked " + shardId + " " + e);
    }
  }

  /** Whole lines, whichever threads print. */
  private void print(String line) {
    synchronized (out) {
      out.println(line);
      out.flush();
    }
  }
}
