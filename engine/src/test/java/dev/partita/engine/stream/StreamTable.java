package dev.partita.engine.stream;

import dev.partita.engine.metadata.DerivedData;
import dev.partita.engine.metadata.MemoryNode;
import dev.partita.engine.metadata.PartitionPlacement;
import dev.partita.engine.metadata.StreamDescriptor;
import dev.partita.engine.metadata.TableDescriptor;
import dev.partita.engine.partition.GroupCommand;
import dev.partita.engine.router.ServerIdentity;
import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import dev.partita.model.api.DescribeStreamRequest;
import dev.partita.model.api.GetRecordsRequest;
import dev.partita.model.api.GetRecordsResponse;
import dev.partita.model.api.GetShardIteratorRequest;
import dev.partita.model.api.Shard;
import dev.partita.model.api.ShardIteratorType;
import dev.partita.model.api.StreamDescription;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamViewType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table of a {@link MemoryNode} and the streams operations, as a client would use them. */
final class StreamTable {
  static final ServerIdentity IDENTITY = new ServerIdentity("us-east-1", "000000000000");
  static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8};

  final MemoryNode node;
  Streams streams;
  TableDescriptor table;
  StreamDescriptor stream;

  /** A table with an enabled stream. */
  StreamTable(MemoryNode node, String name, int partitions, StreamViewType viewType) {
    this.node = node;
    this.stream = node.stream(viewType);
    this.table = node.create(name, partitions, DerivedData.NONE.withStreams(List.of(stream)));
    this.streams = open();
  }

  private Streams open() {
    return new Streams(node.catalog(), node.groups(), IDENTITY, node.serviceClock, KEY);
  }

  void restart() {
    node.restart();
    streams = open();
  }

  String arn() {
    return IDENTITY.streamArn(table.name(), stream.label());
  }

  /** Disables the stream. */
  void disable() {
    stream = node.disabled(stream);
    table = node.change(table, table.derived().withStreams(List.of(stream)));
  }

  /** Enables another stream beside those that are disabled. */
  void enable(StreamViewType viewType) {
    List<StreamDescriptor> all = new ArrayList<>(table.derived().streams());
    stream = node.stream(viewType);
    all.add(stream);
    table = node.change(table, table.derived().withStreams(all));
  }

  /** Lets a child take over in every partition. */
  void roll() {
    for (PartitionPlacement placement : table.partitions()) {
      node.group(placement)
          .submit(new GroupCommand.RollShard(placement.partition(), table.tableId(), _ -> {}));
    }
  }

  static Item item(String partitionKey, long sortKey, @Nullable String value) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    attributes.put("p", new StringValue(partitionKey));
    attributes.put("c", new NumberValue(DecimalNumber.of(sortKey)));
    if (value != null) {
      attributes.put("v", new StringValue(value));
    }
    return Item.of(attributes);
  }

  void put(String partitionKey, long sortKey, String value) {
    node.putItem(table, item(partitionKey, sortKey, value));
  }

  void delete(String partitionKey, long sortKey) {
    node.deleteItem(table, item(partitionKey, sortKey, null));
  }

  StreamDescription describe() {
    return describe(arn());
  }

  StreamDescription describe(String arn) {
    return streams.describe(new DescribeStreamRequest(arn, 1_000, null, null)).streamDescription();
  }

  List<Shard> shards() {
    return describe().shards();
  }

  String iterator(Shard shard, ShardIteratorType type, @Nullable String sequenceNumber) {
    return streams
        .iterator(new GetShardIteratorRequest(arn(), shard.shardId(), type, sequenceNumber))
        .shardIterator();
  }

  String horizon(Shard shard) {
    return iterator(shard, ShardIteratorType.TRIM_HORIZON, null);
  }

  GetRecordsResponse read(String iterator) {
    return streams.records(new GetRecordsRequest(iterator, null));
  }

  /** What a shard has from its horizon on, in one page. */
  List<StreamRecord> records(Shard shard) {
    return read(horizon(shard)).records();
  }

  static List<String> sequenceNumbers(List<StreamRecord> records) {
    return records.stream().map(each -> each.dynamodb().sequenceNumber()).toList();
  }

  static List<String> values(List<StreamRecord> records) {
    return records.stream().map(StreamTable::value).toList();
  }

  private static String value(StreamRecord streamRecord) {
    Item image = streamRecord.dynamodb().newImage();
    return image != null && image.get("v") instanceof StringValue text ? text.value() : "none";
  }
}
