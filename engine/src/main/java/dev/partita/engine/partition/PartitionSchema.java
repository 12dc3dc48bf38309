package dev.partita.engine.partition;

import dev.partita.engine.change.ChangeCapture;
import dev.partita.engine.index.IndexDefinition;
import dev.partita.engine.index.SchemaFormat;
import dev.partita.model.KeySchema;
import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the writer of a partition must do besides writing the item.
 *
 * @param key the table's key; null if nothing depends on it, as for rows of a global index
 * @param localIndexes whose rows are written with the item
 * @param changes what is recorded of changes
 * @param timeToLiveAttribute the attribute that says when an item expires; null for none
 */
public record PartitionSchema(
    @Nullable KeySchema key,
    List<IndexDefinition> localIndexes,
    ChangeCapture changes,
    @Nullable String timeToLiveAttribute) {
  /** Items are written, and nothing else. */
  public static final PartitionSchema PLAIN =
      new PartitionSchema(null, List.of(), ChangeCapture.NONE, null);

  private static final int KEY = 1;
  private static final int LOCAL_INDEX = 2;
  private static final int GLOBAL_INDEXES = 3;
  private static final int STREAM_ID = 4;
  private static final int OLD_IMAGES = 5;
  private static final int NEW_IMAGES = 6;
  private static final int TIME_TO_LIVE_ATTRIBUTE = 7;

  /** The key, where something depends on it. */
  KeySchema requireKey() {
    if (key == null) {
      throw new IllegalStateException("a partition with indexes or followers knows no key");
    }
    return key;
  }

  FieldWriter encode() {
    FieldWriter fields = new FieldWriter();
    if (key != null) {
      SchemaFormat.addKey(fields, KEY, key);
    }
    for (IndexDefinition index : localIndexes) {
      fields.nested(LOCAL_INDEX, SchemaFormat.encode(index));
    }
    fields
        .integer(GLOBAL_INDEXES, changes.globalIndexes() ? 1 : 0)
        .integer(STREAM_ID, changes.streamId())
        .integer(OLD_IMAGES, changes.oldImages() ? 1 : 0)
        .integer(NEW_IMAGES, changes.newImages() ? 1 : 0);
    if (timeToLiveAttribute != null) {
      fields.text(TIME_TO_LIVE_ATTRIBUTE, timeToLiveAttribute);
    }
    return fields;
  }

  static PartitionSchema decode(FieldReader fields) {
    return new PartitionSchema(
        fields.has(KEY) ? SchemaFormat.key(fields, KEY) : null,
        fields.nested(LOCAL_INDEX).stream().map(SchemaFormat::decode).toList(),
        new ChangeCapture(
            fields.integer(GLOBAL_INDEXES, 0) == 1,
            fields.integer(STREAM_ID, 0),
            fields.integer(OLD_IMAGES, 0) == 1,
            fields.integer(NEW_IMAGES, 0) == 1),
        fields.has(TIME_TO_LIVE_ATTRIBUTE) ? fields.text(TIME_TO_LIVE_ATTRIBUTE) : null);
  }
}
