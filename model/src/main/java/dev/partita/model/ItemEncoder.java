package dev.partita.model;

import dev.partita.base.Bytes;
import dev.partita.base.Invariant;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes the body format of {@code docs/item-format.md} into one growing array. One use. */
final class ItemEncoder {
  static final int STRING = 1;
  static final int NUMBER = 2;
  static final int BINARY = 3;
  static final int FALSE = 4;
  static final int TRUE = 5;
  static final int NULL = 6;
  static final int LIST = 7;
  static final int MAP = 8;
  static final int STRING_SET = 9;
  static final int NUMBER_SET = 10;
  static final int BINARY_SET = 11;

  /** Deeper than any item that DynamoDB takes (32), shallow enough for any stack. */
  static final int DEPTH_MAX = 64;

  private static final int VARINT_SIZE_MAX = 5;
  private static final int CHARS_COPIED_ONE_BY_ONE_MAX = 48;

  private byte[] target;
  private int position;
  private int depth;

  ItemEncoder(int expectedSize) {
    target = new byte[expectedSize];
  }

  /** The body of an item with these attributes, in an array of just its length. */
  byte[] encode(Map<String, AttributeValue> attributes) {
    entries(attributes);
    return position == target.length ? target : Arrays.copyOf(target, position);
  }

  private void entries(Map<String, AttributeValue> entries) {
    varint(entries.size());
    for (Map.Entry<String, AttributeValue> entry : entries.entrySet()) {
      text(entry.getKey());
      value(entry.getValue());
    }
  }

  private void value(AttributeValue value) {
    switch (value) {
      case AttributeValue.StringValue(String text) -> {
        tag(STRING);
        text(text);
      }
      case AttributeValue.NumberValue(DecimalNumber number) -> {
        tag(NUMBER);
        number(number);
      }
      case AttributeValue.BinaryValue(Bytes bytes) -> {
        tag(BINARY);
        bytes(bytes);
      }
      case AttributeValue.BooleanValue bool -> tag(bool.value() ? TRUE : FALSE);
      case AttributeValue.NullValue ignored -> tag(NULL);
      case AttributeValue.ListValue list -> {
        int start = start(LIST);
        varint(list.values().size());
        for (AttributeValue element : list.values()) {
          value(element);
        }
        end(start);
      }
      case AttributeValue.MapValue map -> {
        int start = start(MAP);
        entries(map.values());
        end(start);
      }
      case AttributeValue.StringSetValue set -> {
        int start = start(STRING_SET);
        varint(set.values().size());
        for (String element : set.values()) {
          text(element);
        }
        end(start);
      }
      case AttributeValue.NumberSetValue set -> {
        int start = start(NUMBER_SET);
        varint(set.values().size());
        for (DecimalNumber element : set.values()) {
          number(element);
        }
        end(start);
      }
      case AttributeValue.BinarySetValue set -> {
        int start = start(BINARY_SET);
        varint(set.values().size());
        for (Bytes element : set.values()) {
          bytes(element);
        }
        end(start);
      }
    }
  }

  private void tag(int tag) {
    room(1);
    target[position++] = (byte) tag;
  }

  /** Begins a value with a length in front of it, for which one byte is left free. */
  private int start(int tag) {
    depth++;
    Invariant.check(depth <= DEPTH_MAX, "Item is nested too deeply to be stored");
    tag(tag);
    tag(0);
    return position;
  }

  /** Fills in the length of the value whose content began at {@code start}. */
  private void end(int start) {
    depth--;
    int length = position - start;
    int extra = varintSize(length) - 1;
    if (extra > 0) {
      room(extra);
      System.arraycopy(target, start, target, start + extra, length);
    }
    position = start - 1;
    varint(length);
    position += length;
  }

  private void number(DecimalNumber number) {
    room(OrderedNumber.SIZE_MAX);
    position = OrderedNumber.write(number, target, position);
  }

  private void bytes(Bytes bytes) {
    varint(bytes.size());
    copy(bytes.array());
  }

  private void text(String text) {
    int chars = text.length();
    if (chars > CHARS_COPIED_ONE_BY_ONE_MAX || !shortAscii(text, chars)) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      varint(bytes.length);
      copy(bytes);
    }
  }

  /** Writes the text if it is ASCII; its length then takes one byte. */
  private boolean shortAscii(String text, int chars) {
    room(chars + 1);
    int begin = position + 1;
    for (int i = 0; i < chars; i++) {
      char c = text.charAt(i);
      if (c >= 0x80) {
        return false;
      }
      target[begin + i] = (byte) c;
    }
    target[position] = (byte) chars;
    position = begin + chars;
    return true;
  }

  private void copy(byte[] source) {
    room(source.length);
    System.arraycopy(source, 0, target, position, source.length);
    position += source.length;
  }

  private void varint(int value) {
    room(VARINT_SIZE_MAX);
    int rest = value;
    while (rest >= 0x80) {
      target[position++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    target[position++] = (byte) rest;
  }

  private static int varintSize(int value) {
    int size = 1;
    for (int rest = value >>> 7; rest != 0; rest >>>= 7) {
      size++;
    }
    return size;
  }

  private void room(int bytes) {
    if (target.length - position < bytes) {
      target = Arrays.copyOf(target, Math.max(target.length * 2, position + bytes));
    }
  }
}
