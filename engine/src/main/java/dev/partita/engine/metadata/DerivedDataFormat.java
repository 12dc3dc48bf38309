package dev.partita.engine.metadata;

import dev.partita.base.Bytes;
import dev.partita.engine.index.SchemaFormat;
import dev.partita.engine.partition.PartitionId;
import dev.partita.model.api.IndexStatus;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.StreamViewType;
import dev.partita.model.api.TimeToLiveStatus;
import dev.partita.model.api.WarmThroughput;
import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;

/** Indexes, streams and time to live in the record of a table; see docs/file-formats.md. */
final class DerivedDataFormat {
  private static final int LOCAL_INDEX = 11;
  private static final int GLOBAL_INDEX = 12;
  private static final int STREAM = 13;
  private static final int TIME_TO_LIVE = 14;
  private static final int BACKFILL = 15;

  private DerivedDataFormat() {}

  static void add(FieldWriter fields, DerivedData derived) {
    derived.localIndexes().forEach(index -> fields.nested(LOCAL_INDEX, SchemaFormat.encode(index)));
    derived.globalIndexes().forEach(index -> fields.nested(GLOBAL_INDEX, encode(index)));
    for (StreamDescriptor stream : derived.streams()) {
      fields.nested(
          STREAM,
          new FieldWriter()
              .integer(1, stream.streamId())
              .text(2, stream.label())
              .text(3, stream.viewType().name())
              .integer(4, stream.created())
              .integer(5, stream.disabled()));
    }
    TimeToLive timeToLive = derived.timeToLive();
    if (timeToLive != null) {
      fields.nested(
          TIME_TO_LIVE,
          new FieldWriter()
              .text(1, timeToLive.attribute())
              .text(2, timeToLive.status().name())
              .integer(3, timeToLive.changed()));
    }
    derived.backfills().forEach(position -> fields.nested(BACKFILL, encode(position)));
  }

  private static FieldWriter encode(BackfillPosition position) {
    FieldWriter fields =
        new FieldWriter()
            .integer(1, position.purpose())
            .integer(2, position.partition().value())
            .integer(4, position.itemsDone())
            .integer(5, position.finished() ? 1 : 0);
    if (position.lastKey() != null) {
      fields.bytes(3, position.lastKey().array());
    }
    return fields;
  }

  private static FieldWriter encode(GlobalIndexDescriptor index) {
    FieldWriter fields =
        SchemaFormat.encode(index.definition())
            .text(10, index.status().name())
            .integer(11, index.backfilling() ? 1 : 0)
            .integer(12, index.readCapacityUnits())
            .integer(13, index.writeCapacityUnits())
            .integer(14, index.lastIncrease())
            .integer(15, index.lastDecrease());
    if (index.onDemandThroughput() != null) {
      fields.nested(
          16,
          TableRecordFormat.twoNumbers(
              index.onDemandThroughput().maxReadRequestUnits(),
              index.onDemandThroughput().maxWriteRequestUnits()));
    }
    if (index.warmThroughput() != null) {
      fields.nested(
          17,
          TableRecordFormat.twoNumbers(
              index.warmThroughput().readUnitsPerSecond(),
              index.warmThroughput().writeUnitsPerSecond()));
    }
    TableRecordFormat.addPlacements(fields, 18, index.partitionMap());
    return fields;
  }

  static DerivedData read(FieldReader fields) {
    return new DerivedData(
        fields.nested(LOCAL_INDEX).stream().map(SchemaFormat::decode).toList(),
        fields.nested(GLOBAL_INDEX).stream().map(DerivedDataFormat::globalIndex).toList(),
        fields.nested(STREAM).stream()
            .map(stream ->
                new StreamDescriptor(
                    stream.integer(1, 0),
                    stream.text(2),
                    StreamViewType.valueOf(stream.text(3)),
                    stream.integer(4, 0),
                    stream.integer(5, 0)))
            .toList(),
        fields.nested(TIME_TO_LIVE).stream()
            .map(timeToLive ->
                new TimeToLive(
                    timeToLive.text(1),
                    TimeToLiveStatus.valueOf(timeToLive.text(2)),
                    timeToLive.integer(3, 0)))
            .findFirst()
            .orElse(null),
        fields.nested(BACKFILL).stream()
            .map(position ->
                new BackfillPosition(
                    (int) position.integer(1, 0),
                    new PartitionId(position.integer(2, 0)),
                    position.has(3) ? Bytes.wrap(position.bytes(3)) : null,
                    position.integer(4, 0),
                    position.integer(5, 0) == 1))
            .toList());
  }

  private static GlobalIndexDescriptor globalIndex(FieldReader fields) {
    var definition = SchemaFormat.decode(fields);
    return new GlobalIndexDescriptor(
        definition,
        IndexStatus.valueOf(fields.text(10)),
        fields.integer(11, 0) == 1,
        fields.integer(12, 0),
        fields.integer(13, 0),
        fields.integer(14, 0),
        fields.integer(15, 0),
        fields.nested(16).stream()
            .map(bounds ->
                new OnDemandThroughput(
                    TableRecordFormat.number(bounds, 1), TableRecordFormat.number(bounds, 2)))
            .findFirst()
            .orElse(null),
        fields.nested(17).stream()
            .map(units ->
                new WarmThroughput(
                    TableRecordFormat.number(units, 1), TableRecordFormat.number(units, 2)))
            .findFirst()
            .orElse(null),
        new PartitionMap(definition.number(), TableRecordFormat.placements(fields, 18)));
  }
}
