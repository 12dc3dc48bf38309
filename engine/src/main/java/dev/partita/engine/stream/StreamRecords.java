package dev.partita.engine.stream;

import dev.partita.base.HybridLogicalClock;
import dev.partita.engine.change.ChangeRecord;
import dev.partita.engine.item.ItemKeys;
import dev.partita.engine.partition.LoggedChange;
import dev.partita.engine.partition.PartitionId;
import dev.partita.engine.stream.StreamDirectory.Found;
import dev.partita.model.Item;
import dev.partita.model.KeySchema;
import dev.partita.model.api.StreamChange;
import dev.partita.model.api.StreamEventName;
import dev.partita.model.api.StreamRecord;
import dev.partita.model.api.StreamUserIdentity;
import dev.partita.model.api.StreamViewType;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** From records of a change log to those of a stream. Images stay encoded: no tree is built. */
final class StreamRecords {
  private static final String EVENT_VERSION = "1.1";
  private static final String EVENT_SOURCE = "aws:dynamodb";
  private static final StreamUserIdentity TIME_TO_LIVE =
      new StreamUserIdentity("dynamodb.amazonaws.com", "Service");
  private static final long MILLIS_PER_SECOND = 1000;

  /** The 64-bit golden ratio and the finaliser of SplitMix64: mixes bits, loses none. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final long MIX_FIRST = 0xBF58476D1CE4E5B9L;
  private static final long MIX_SECOND = 0x94D049BB133111EBL;

  private final String region;
  private final KeySchema keySchema;
  private final StreamViewType viewType;
  private final long idBase;

  /** Makes the records of one partition for one stream. */
  StreamRecords(String region, Found found, PartitionId partition) {
    this.region = region;
    this.keySchema = found.table().keySchema();
    this.viewType = found.stream().viewType();
    this.idBase = mix(mix(found.stream().streamId()) + partition.value());
  }

  StreamRecord of(LoggedChange logged) {
    ChangeRecord change = logged.record();
    Item keys = keys(change);
    Item newImage = seesNewImage() ? change.newImage() : null;
    Item oldImage = seesOldImage() ? change.oldImage() : null;
    return new StreamRecord(
        eventId(logged.sequence()),
        eventName(change),
        EVENT_VERSION,
        EVENT_SOURCE,
        region,
        new StreamChange(
            wholeSeconds(change),
            keys,
            newImage,
            oldImage,
            SequenceNumbers.format(logged.sequence()),
            (long) keys.size()
                + (newImage == null ? 0 : change.newSize())
                + (oldImage == null ? 0 : change.oldSize()),
            viewType),
        userIdentity(change.kind()));
  }

  private static double wholeSeconds(ChangeRecord change) {
    long seconds = HybridLogicalClock.wallMillis(change.writeTime()) / MILLIS_PER_SECOND;
    return seconds;
  }

  /** The same whenever the record is read, and no other record's. */
  private String eventId(long sequence) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(idBase) + hex.toHexDigits(mix(idBase + sequence));
  }

  private static long mix(long value) {
    long mixed = value + GOLDEN;
    mixed = (mixed ^ (mixed >>> 30)) * MIX_FIRST;
    mixed = (mixed ^ (mixed >>> 27)) * MIX_SECOND;
    return mixed ^ (mixed >>> 31);
  }

  private static StreamEventName eventName(ChangeRecord change) {
    if (!change.hadItem()) {
      return StreamEventName.INSERT;
    }
    return change.hasItem() ? StreamEventName.MODIFY : StreamEventName.REMOVE;
  }

  private Item keys(ChangeRecord change) {
    Item keys = change.keys();
    if (keys != null) {
      return keys;
    }
    Item newImage = change.newImage();
    Item image = newImage == null ? change.oldImage() : newImage;
    return ItemKeys.keyOf(keySchema, image == null ? Item.EMPTY : image);
  }

  private boolean seesNewImage() {
    return switch (viewType) {
      case NEW_IMAGE, NEW_AND_OLD_IMAGES -> true;
      case OLD_IMAGE, KEYS_ONLY -> false;
    };
  }

  private boolean seesOldImage() {
    return switch (viewType) {
      case OLD_IMAGE, NEW_AND_OLD_IMAGES -> true;
      case NEW_IMAGE, KEYS_ONLY -> false;
    };
  }

  private static @Nullable StreamUserIdentity userIdentity(ChangeRecord.Kind kind) {
    return switch (kind) {
      case EXPIRY -> TIME_TO_LIVE;
      case CHANGE, REFRESH -> null;
    };
  }
}
