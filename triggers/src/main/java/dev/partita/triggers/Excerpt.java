package dev.partita.triggers;

import java.nio.charset.StandardCharsets;

/** The last bytes of an output, to be logged. Not thread-safe. */
final class Excerpt {
  private final byte[] last;
  private long length;

  Excerpt(int bytesMax) {
    this.last = new byte[bytesMax];
  }

  /** The end of {@code content} as text. */
  static String of(byte[] content, int bytesMax) {
    Excerpt excerpt = new Excerpt(bytesMax);
    excerpt.add(content, content.length);
    return excerpt.text();
  }

  void add(byte[] content, int count) {
    for (int i = Math.max(0, count - last.length); i < count; i++) {
      last[(int) ((length + i) % last.length)] = content[i];
    }
    length += count;
  }

  /** With three dots in front if something is missing. */
  String text() {
    int kept = (int) Math.min(length, last.length);
    byte[] ordered = new byte[kept];
    for (int i = 0; i < kept; i++) {
      ordered[i] = last[(int) ((length - kept + i) % last.length)];
    }
    String text = new String(ordered, StandardCharsets.UTF_8).strip();
    return length > kept ? "..." + text : text;
  }
}
