package dev.partita.protocol.shape;

import java.util.regex.Pattern;

/** A pattern of the model. The one of table and index names is matched without a regex. */
public final class NamePattern {
  private static final String NAME = "[a-zA-Z0-9_.-]+";

  private final String printed;
  private final Pattern compiled;

  /** Anchors are dropped, as AWS does not print them; the whole text must match in any case. */
  NamePattern(String pattern) {
    String text = pattern.startsWith("^") ? pattern.substring(1) : pattern;
    this.printed = text.endsWith("$") ? text.substring(0, text.length() - 1) : text;
    this.compiled = Pattern.compile(printed);
  }

  /** As AWS prints it. */
  public String printed() {
    return printed;
  }

  /** Whether all of {@code text} matches. */
  public boolean matches(String text) {
    return printed.equals(NAME) ? isName(text) : compiled.matcher(text).matches();
  }

  private static boolean isName(String text) {
    for (int index = 0; index < text.length(); index++) {
      char letter = text.charAt(index);
      boolean legal =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '_'
              || letter == '.'
              || letter == '-';
      if (!legal) {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
