package dev.partita.engine.metadata;

import dev.partita.engine.index.SchemaFormat;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.partition.ReplicationGroupId;
import dev.partita.model.api.BillingMode;
import dev.partita.model.api.OnDemandThroughput;
import dev.partita.model.api.SseType;
import dev.partita.model.api.TableClass;
import dev.partita.model.api.TableStatus;
import dev.partita.model.api.WarmThroughput;
import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table descriptor as a stored record; the field numbers are listed in docs/file-formats.md. */
final class TableRecordFormat {
  private TableRecordFormat() {}

  static byte[] encode(TableDescriptor table) {
    FieldWriter fields =
        new FieldWriter()
            .text(1, table.name())
            .integer(2, table.tableId())
            .text(3, table.uuid())
            .text(4, table.status().name())
            .integer(5, table.schemaVersion())
            .integer(6, table.created());
    SchemaFormat.addKey(fields, 7, table.keySchema());
    fields.nested(8, settings(table.settings()));
    table
        .tags()
        .forEach((key, value) -> fields.nested(9, new FieldWriter().text(1, key).text(2, value)));
    addPlacements(fields, 10, table.partitionMap());
    DerivedDataFormat.add(fields, table.derived());
    return fields.toRecord();
  }

  static void addPlacements(FieldWriter fields, int field, PartitionMap map) {
    for (PartitionPlacement placement : map.partitions()) {
      fields.nested(
          field,
          new FieldWriter()
              .integer(1, placement.partition().value())
              .integer(2, placement.group().value())
              .integer(3, placement.firstHash()));
    }
  }

  static List<PartitionPlacement> placements(FieldReader fields, int field) {
    return fields.nested(field).stream()
        .map(placement ->
            new PartitionPlacement(
                new PartitionId(placement.integer(1, 0)),
                new ReplicationGroupId((int) placement.integer(2, 0)),
                placement.integer(3, 0)))
        .toList();
  }

  private static FieldWriter settings(TableSettings settings) {
    FieldWriter fields =
        new FieldWriter()
            .text(1, settings.billingMode().name())
            .integer(2, settings.readCapacityUnits())
            .integer(3, settings.writeCapacityUnits())
            .integer(4, settings.lastIncrease())
            .integer(5, settings.lastDecrease())
            .integer(6, settings.payPerRequestSince())
            .integer(9, settings.tableClassUpdated())
            .integer(12, settings.deletionProtectionEnabled() ? 1 : 0);
    if (settings.onDemandThroughput() != null) {
      fields.nested(
          7,
          twoNumbers(
              settings.onDemandThroughput().maxReadRequestUnits(),
              settings.onDemandThroughput().maxWriteRequestUnits()));
    }
    if (settings.tableClass() != null) {
      fields.text(8, settings.tableClass().name());
    }
    if (settings.sseType() != null) {
      fields.text(10, settings.sseType().name());
    }
    if (settings.kmsMasterKeyArn() != null) {
      fields.text(11, settings.kmsMasterKeyArn());
    }
    if (settings.warmThroughput() != null) {
      fields.nested(
          13,
          twoNumbers(
              settings.warmThroughput().readUnitsPerSecond(),
              settings.warmThroughput().writeUnitsPerSecond()));
    }
    return fields;
  }

  static FieldWriter twoNumbers(@Nullable Long first, @Nullable Long second) {
    FieldWriter fields = new FieldWriter();
    if (first != null) {
      fields.integer(1, first);
    }
    if (second != null) {
      fields.integer(2, second);
    }
    return fields;
  }

  static TableDescriptor decode(byte[] record) {
    FieldReader fields = FieldReader.ofRecord(record);
    Map<String, String> tags = new LinkedHashMap<>();
    for (FieldReader tag : fields.nested(9)) {
      tags.put(tag.text(1), tag.text(2));
    }
    return new TableDescriptor(
        fields.text(1),
        fields.text(3),
        TableStatus.valueOf(fields.text(4)),
        fields.integer(5, 0),
        fields.integer(6, 0),
        SchemaFormat.key(fields, 7),
        settings(fields.nested(8).getFirst()),
        tags,
        new PartitionMap((int) fields.integer(2, 0), placements(fields, 10)),
        DerivedDataFormat.read(fields));
  }

  private static TableSettings settings(FieldReader fields) {
    return new TableSettings(
        BillingMode.valueOf(fields.text(1)),
        fields.integer(2, 0),
        fields.integer(3, 0),
        fields.integer(4, 0),
        fields.integer(5, 0),
        fields.integer(6, 0),
        fields.nested(7).stream()
            .map(numbers -> new OnDemandThroughput(number(numbers, 1), number(numbers, 2)))
            .findFirst()
            .orElse(null),
        fields.nested(13).stream()
            .map(numbers -> new WarmThroughput(number(numbers, 1), number(numbers, 2)))
            .findFirst()
            .orElse(null),
        fields.has(8) ? TableClass.valueOf(fields.text(8)) : null,
        fields.integer(9, 0),
        fields.has(10) ? SseType.valueOf(fields.text(10)) : null,
        fields.has(11) ? fields.text(11) : null,
        fields.integer(12, 0) == 1);
  }

  static @Nullable Long number(FieldReader fields, int field) {
    return fields.has(field) ? fields.integer(field, 0) : null;
  }
}
