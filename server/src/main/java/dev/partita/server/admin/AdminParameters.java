package dev.partita.server.admin;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request: members of its JSON body, or {@code name=value} in the query. Names
 * are compared without regard to case; in the query {@code table} and {@code index} stand for
 * TableName and IndexName.
 */
public final class AdminParameters {
  private static final Pattern DURATION =
      Pattern.compile("(-?\\d{1,12})\\s*(ms|s|m|h|d)", Pattern.CASE_INSENSITIVE);

  private final Map<String, String> values;

  private AdminParameters(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads body and query.
   *
   * @param known the names that there are
   */
  static AdminParameters read(byte[] body, @Nullable String query, List<String> known)
      throws AdminException {
    Map<String, String> values = new LinkedHashMap<>();
    for (Map.Entry<String, Object> member : AdminJson.read(body).entrySet()) {
      Object value = member.getValue();
      if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
        throw AdminException.badRequest(
            member.getKey() + " must be a text, a number or true or false");
      }
      put(values, known, member.getKey(), value.toString());
    }
    if (query != null && !query.isEmpty()) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw AdminException.badRequest("'" + pair + "' in the query is not name=value");
        }
        put(
            values,
            known,
            queryName(decode(pair.substring(0, equals))),
            decode(pair.substring(equals + 1)));
      }
    }
    return new AdminParameters(values);
  }

  private static String queryName(String name) {
    return switch (name) {
      case "table" -> "TableName";
      case "index" -> "IndexName";
      default -> name;
    };
  }

  private static String decode(String text) throws AdminException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw AdminException.badRequest("'" + text + "' in the query is not percent-encoded");
    }
  }

  private static void put(Map<String, String> values, List<String> known, String name, String value)
      throws AdminException {
    for (String candidate : known) {
      if (candidate.equalsIgnoreCase(name)) {
        if (values.put(candidate, value) != null) {
          throw AdminException.badRequest(candidate + " is given twice");
        }
        return;
      }
    }
    throw AdminException.badRequest(
        "unknown parameter "
            + name
            + (known.isEmpty()
                ? "; there are none here"
                : "; known are " + String.join(", ", known)));
  }

  /** A parameter as text; null if it is not given. */
  @Nullable String optionalText(String name) {
    return values.get(name);
  }

  /** A parameter that must be given. */
  String text(String name) throws AdminException {
    String value = values.get(name);
    if (value == null || value.isEmpty()) {
      throw AdminException.badRequest("the parameter " + name + " is missing");
    }
    return value;
  }

  /** A whole number from {@code least} to {@code greatest}, or {@code absent} if not given. */
  int number(String name, int least, int greatest, int absent) throws AdminException {
    String value = values.get(name);
    if (value == null) {
      return absent;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= least && number <= greatest) {
        return number;
      }
    } catch (NumberFormatException isNone) {
      // Said below.
    }
    throw AdminException.badRequest(
        name + " must be a number from " + least + " to " + greatest + ", is '" + value + "'");
  }

  /** A span of time such as 500ms, 2s, 10m, 25h, 3d. */
  Duration duration(String name) throws AdminException {
    String value = text(name);
    Matcher matcher = DURATION.matcher(value.strip());
    if (!matcher.matches()) {
      throw AdminException.badRequest(
          name + " must be a time such as 500ms, 2s, 10m, 25h or 3d, is '" + value + "'");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms", "MS", "Ms", "mS" -> Duration.ofMillis(amount);
      case "s", "S" -> Duration.ofSeconds(amount);
      case "m", "M" -> Duration.ofMinutes(amount);
      case "h", "H" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }
}
