package dev.partita.conformance.durability;

import dev.partita.testing.reference.Json;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * The items that the tests write: all of an item follows from its key and its version, so that one
 * put together from two versions shows. Version 0 is no item.
 */
final class VersionedItem {
  private static final int BODY_CHARACTERS_MAX = 3_000;
  private static final int LARGE_BODY_CHARACTERS_MAX = 100_000;
  private static final int LARGE_BODIES_ONE_IN = 40;

  private VersionedItem() {}

  /** The item as the API's JSON has it. */
  static Json.ObjectOf json(String key, int version) {
    return Json.object("k", value(key))
        .with("version", value(Integer.toString(version)))
        .with("body", value(body(key, version)))
        .with("end", value(Integer.toString(version)));
  }

  /** The size of the item by AWS's rules, in bytes; 0 for version 0. */
  static long byteSize(String key, int version) {
    int digits = Integer.toString(version).length();
    return version == 0
        ? 0
        : "k".length()
            + key.length()
            + "version".length()
            + digits
            + "body".length()
            + body(key, version).length()
            + "end".length()
            + digits;
  }

  /** The version that an item says it has; it is of that version only if it equals its JSON. */
  static int claimedVersion(Json.ObjectOf item) {
    if (item.member("version").orElse(Json.object()) instanceof Json.ObjectOf attribute) {
      return Integer.parseInt(attribute.text("S").orElse("-1"));
    }
    return -1;
  }

  /** Attribute values of version, body and end, for an UpdateExpression. */
  static Json.ObjectOf updateValues(String key, int version) {
    return Json.object(":version", value(Integer.toString(version)))
        .with(":body", value(body(key, version)));
  }

  static Json.ObjectOf key(String key) {
    return Json.object("k", value(key));
  }

  private static Json.ObjectOf value(String text) {
    return Json.object("S", Json.text(text));
  }

  private static String body(String key, int version) {
    SplittableRandom random = new SplittableRandom(key.hashCode() * 31L + version);
    int lengthMax =
        random.nextInt(LARGE_BODIES_ONE_IN) == 0 ? LARGE_BODY_CHARACTERS_MAX : BODY_CHARACTERS_MAX;
    String part = "%s:%d:%x;".formatted(key, version, random.nextLong()).toLowerCase(Locale.ROOT);
    int length = random.nextInt(lengthMax);
    return part.repeat(length / part.length() + 1).substring(0, length);
  }
}
