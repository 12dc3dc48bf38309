package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.MapValue;
import java.util.Optional;

/**
 * A change of one item as its table's stream shows it.
 *
 * @param keys the item's key
 * @param old the item before; missing if there was none
 * @param changed the item after; missing if there is none
 * @param view what the stream shows
 */
record StreamRecord(
    MapValue keys, Optional<MapValue> old, Optional<MapValue> changed, StreamView view) {

  /** INSERT, MODIFY or REMOVE. */
  String eventName() {
    if (old.isEmpty()) {
      return "INSERT";
    }
    return changed.isEmpty() ? "REMOVE" : "MODIFY";
  }

  /**
   * The record as GetRecords answers with it, without what only the server can know: times and
   * numbers. Its size is that of the keys and the images that it shows.
   */
  Json.ObjectOf json(Mutation mutation) {
    ValueJson json = new ValueJson();
    ItemSize size = new ItemSize(mutation);
    boolean showsOld =
        switch (view) {
          case KEYS_ONLY, NEW_IMAGE -> mutation == Mutation.STREAM_SHOWS_ALL_IMAGES;
          case OLD_IMAGE, NEW_AND_OLD_IMAGES -> true;
        };
    boolean showsNew =
        switch (view) {
          case KEYS_ONLY, OLD_IMAGE -> mutation == Mutation.STREAM_SHOWS_ALL_IMAGES;
          case NEW_IMAGE, NEW_AND_OLD_IMAGES -> true;
        };
    Json.ObjectOf change =
        Json.object("Keys", json.attributes(keys)).with("StreamViewType", Json.text(view.name()));
    int bytes = mutation == Mutation.STREAM_SIZE_WITHOUT_KEYS ? 0 : size.ofItem(keys);
    Optional<MapValue> oldImage =
        mutation == Mutation.STREAM_OLD_IMAGE_IS_NEW && changed.isPresent() ? changed : old;
    if (showsOld && old.isPresent() && oldImage.isPresent()) {
      change = change.with("OldImage", json.attributes(oldImage.get()));
      bytes += size.ofItem(oldImage.get());
    }
    if (showsNew && changed.isPresent()) {
      change = change.with("NewImage", json.attributes(changed.get()));
      bytes += size.ofItem(changed.get());
    }
    return Json.object("eventName", Json.text(eventName()))
        .with("eventSource", Json.text("aws:dynamodb"))
        .with("dynamodb", change.with("SizeBytes", Json.number(bytes)));
  }
}
