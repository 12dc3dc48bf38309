package dev.partita.protocol.binding;

import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.ListStreamsRequest;
import dev.partita.model.api.ShardFilter;
import dev.partita.model.api.ShardFilterType;
import dev.partita.model.api.ShardIteratorType;

/** The operations of DynamoDB Streams. */
final class StreamBindings {
  private StreamBindings() {}

  static RequestBinding listStreams(Slots slots) {
    Slot<String> tableName = slots.string("TableName");
    Slot<Integer> limit = slots.integer("Limit");
    Slot<String> start = slots.string("ExclusiveStartStreamArn");
    return (input, names) ->
        new ListStreamsRequest(tableName.get(input), limit.get(input), start.get(input));
  }

  static RequestBinding describeStream(Slots slots) {
    Slot<String> arn = slots.string("StreamArn");
    Slot<Integer> limit = slots.integer("Limit");
    Slot<String> start = slots.string("ExclusiveStartShardId");
    Slot<ShardFilter> filter = slots.structure("ShardFilter", StreamBindings::shardFilter);
    return (input, names) ->
        new DescribeStreamRequest(
            arn.require(input), limit.get(input), start.get(input), filter.get(input));
  }

  static RequestBinding getShardIterator(Slots slots) {
    Slot<String> arn = slots.string("StreamArn");
    Slot<String> shardId = slots.string("ShardId");
    Slot<ShardIteratorType> type =
        slots.enumeration("ShardIteratorType", ShardIteratorType.values());
    Slot<String> sequenceNumber = slots.string("SequenceNumber");
    return (input, names) ->
        new GetShardIteratorRequest(
            arn.require(input),
            shardId.require(input),
            type.require(input),
            sequenceNumber.get(input));
  }

  static RequestBinding getRecords(Slots slots) {
    Slot<String> iterator = slots.string("ShardIterator");
    Slot<Integer> limit = slots.integer("Limit");
    return (input, names) -> new GetRecordsRequest(iterator.require(input), limit.get(input));
  }

  private static StructureBinding<ShardFilter> shardFilter(Slots slots) {
    Slot<ShardFilterType> type = slots.enumeration("Type", ShardFilterType.values());
    Slot<String> shardId = slots.string("ShardId");
    return input -> new ShardFilter(type.get(input), shardId.get(input));
  }
}
