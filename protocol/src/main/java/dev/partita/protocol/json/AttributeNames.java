package dev.partita.protocol.json;

import java.nio.charset.StandardCharsets;

/** The rules of attribute names: 1 to 65,535 bytes of UTF-8. Source: AWS, "Constraints". */
public final class AttributeNames {
  private static final int BYTES_MAX = 65_535;
  private static final int BYTES_PER_CHARACTER_MAX = 3;

  private static final String EMPTY =
      "One or more parameter values were invalid: Empty attribute name";
  private static final String TOO_LONG =
      "One or more parameter values were invalid: Attribute name is too large, must be less than "
          + (BYTES_MAX + 1)
          + " bytes";

  private AttributeNames() {}

  /** What is wrong with {@code name} in AWS's words, or an empty string. */
  public static String problem(String name) {
    if (name.isEmpty()) {
      return EMPTY;
    }
    return isTooLong(name) ? TOO_LONG : "";
  }

  private static boolean isTooLong(String name) {
    return name.length() > BYTES_MAX / BYTES_PER_CHARACTER_MAX
        && name.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX;
  }
}
