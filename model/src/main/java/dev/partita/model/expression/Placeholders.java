package dev.partita.model.expression;

import dev.partita.model.AttributeValue;
import dev.partita.model.ItemSizes;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rules of ExpressionAttributeNames and ExpressionAttributeValues. */
final class Placeholders {
  private static final int PLACEHOLDER_CHARS_MAX = 255;
  private static final int NAME_CHARS_MAX = 65_535;
  private static final long TOTAL_BYTES_MAX = 2L * 1024 * 1024;

  private Placeholders() {}

  static void check(
      @Nullable Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    long bytes = 0;
    if (names != null) {
      checkKeys("ExpressionAttributeNames", '#', names);
      for (Map.Entry<String, String> name : names.entrySet()) {
        checkName(name.getKey(), name.getValue());
        bytes += name.getKey().length() + name.getValue().length();
      }
    }
    if (values != null) {
      checkKeys("ExpressionAttributeValues", ':', values);
      for (Map.Entry<String, AttributeValue> value : values.entrySet()) {
        if (ItemSizes.levels(value.getValue()) > ItemSizes.LEVELS_MAX) {
          throw tooDeep();
        }
        bytes += value.getKey().length() + ItemSizes.of(value.getValue());
      }
    }
    if (bytes > TOTAL_BYTES_MAX) {
      throw new ExpressionException(
          "Expression attribute names and values have exceeded the maximum allowed size; size: "
              + bytes);
    }
  }

  /** A value, or what an update makes of it, is nested beyond AWS's limit. */
  static ExpressionException tooDeep() {
    return new ExpressionException(
        "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels"
            + " beyond supported limit");
  }

  private static void checkName(String placeholder, String name) {
    if (name.isEmpty() || name.length() > NAME_CHARS_MAX) {
      throw new ExpressionException(
          "ExpressionAttributeNames contains invalid value: Attribute name must have 1 to "
              + NAME_CHARS_MAX
              + " characters for key "
              + placeholder);
    }
  }

  private static void checkKeys(String parameter, char first, Map<String, ?> entries) {
    if (entries.isEmpty()) {
      throw new ExpressionException(parameter + " must not be empty");
    }
    for (String key : entries.keySet()) {
      if (!isPlaceholder(key, first)) {
        throw new ExpressionException(
            parameter + " contains invalid key: Syntax error; key: \"" + key + "\"");
      }
      if (key.length() > PLACEHOLDER_CHARS_MAX) {
        throw new ExpressionException(
            parameter
                + " contains invalid key: Key exceeds the maximum allowed size; key size: "
                + key.length());
      }
    }
  }

  private static boolean isPlaceholder(String key, char first) {
    boolean valid = key.length() > 1 && key.charAt(0) == first;
    for (int i = 1; valid && i < key.length(); i++) {
      char c = key.charAt(i);
      valid =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }
    return valid;
  }
}
