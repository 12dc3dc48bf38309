package dev.partita.engine.operation;

import dev.partita.model.api.ApiException;
import dev.partita.model.api.Tag;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tags: at most 50 a table; letters, digits, white space and {@code + - = . _ : / @}; keys that
 * start with {@code aws:} are AWS's own.
 *
 * <p>Source: AWS, "Tagging restrictions in DynamoDB".
 */
final class TagRules {
  private static final int TAGS_MAX = 50;
  private static final Pattern ALLOWED = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");

  private TagRules() {}

  /** The tags of a table after {@code added} were put over {@code present}. */
  static Map<String, String> merge(Map<String, String> present, List<Tag> added) {
    Map<String, String> merged = new LinkedHashMap<>(present);
    Map<String, String> seen = new LinkedHashMap<>();
    for (Tag tag : added) {
      check(tag);
      if (seen.put(tag.key(), tag.value()) != null) {
        throw ApiException.validation(
            "One or more parameter values were invalid: Duplicate tag key: " + tag.key());
      }
      merged.put(tag.key(), tag.value());
    }
    if (merged.size() > TAGS_MAX) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Too many tags: the limit is "
              + TAGS_MAX
              + " tags for a resource");
    }
    return merged;
  }

  private static void check(Tag tag) {
    if (tag.key().startsWith("aws:")) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Tag keys that start with aws: are reserved");
    }
    if (!ALLOWED.matcher(tag.key()).matches()) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Tag key has invalid characters: "
              + tag.key());
    }
    if (!ALLOWED.matcher(tag.value()).matches()) {
      throw ApiException.validation(
          "One or more parameter values were invalid: Tag value has invalid characters: "
              + tag.value());
    }
  }
}
