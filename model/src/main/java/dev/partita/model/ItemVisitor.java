package dev.partita.model;

/**
 * Receives the content of an {@link Item} in order, without a tree. Strings come as text or as
 * UTF-8, whichever the item holds; the forms with bytes may be overridden by a writer that can use
 * them directly. Byte ranges are valid only during the call and must not be changed.
 */
public interface ItemVisitor {

  /** The name of the attribute or map entry whose value comes next. */
  void name(String name);

  /** As {@link #name(String)}, in UTF-8. */
  default void name(byte[] source, int offset, int length) {
    name(Utf8.decode(source, offset, length));
  }

  /** A string value or an element of a string set. */
  void string(String value);

  /** As {@link #string(String)}, in UTF-8. */
  default void string(byte[] source, int offset, int length) {
    string(Utf8.decode(source, offset, length));
  }

  /** A number value or an element of a number set, in AWS's canonical text. */
  void number(String text);

  /** A binary value or an element of a binary set. */
  void binary(byte[] source, int offset, int length);

  /** A boolean value. */
  void bool(boolean value);

  /** The null value. */
  void nullValue();

  /** A list of {@code size} values, which follow. */
  void startList(int size);

  /** The end of the innermost list. */
  void endList();

  /** A map of {@code size} names and values, which follow. */
  void startMap(int size);

  /** The end of the innermost map. */
  void endMap();

  /**
   * A set whose {@code size} elements follow as strings, numbers or binaries.
   *
   * @param type SS, NS or BS
   */
  void startSet(AttributeType type, int size);

  /** The end of the set. */
  void endSet();
}
