package dev.partita.engine.partition;

import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import dev.partita.storage.format.KeyRange;

/**
 * What a group knows of one of its partitions; changed only through the group's log.
 *
 * @param schemaVersion the version of the table's schema that the group works by
 * @param epoch grows whenever the range or the place of the partition changes
 */
public record PartitionDescriptor(
    PartitionId id,
    int tableId,
    long schemaVersion,
    long epoch,
    KeyRange range,
    PartitionSchema schema) {
  private static final int ID = 1;
  private static final int TABLE_ID = 2;
  private static final int SCHEMA_VERSION = 3;
  private static final int EPOCH = 4;
  private static final int START = 5;
  private static final int END = 6;
  private static final int SCHEMA = 7;

  byte[] encode() {
    return new FieldWriter()
        .integer(ID, id.value())
        .integer(TABLE_ID, tableId)
        .integer(SCHEMA_VERSION, schemaVersion)
        .integer(EPOCH, epoch)
        .bytes(START, range.start().array())
        .bytes(END, range.end().array())
        .nested(SCHEMA, schema.encode())
        .toRecord();
  }

  static PartitionDescriptor decode(byte[] record) {
    FieldReader fields = FieldReader.ofRecord(record);
    return new PartitionDescriptor(
        new PartitionId(fields.integer(ID, 0)),
        (int) fields.integer(TABLE_ID, 0),
        fields.integer(SCHEMA_VERSION, 0),
        fields.integer(EPOCH, 0),
        KeyRange.of(fields.bytes(START), fields.bytes(END)),
        fields.nested(SCHEMA).stream()
            .map(PartitionSchema::decode)
            .findFirst()
            .orElse(PartitionSchema.PLAIN));
  }
}
