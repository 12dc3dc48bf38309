package dev.partita.protocol.encoding;

import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.ItemVisitor;
import java.nio.charset.StandardCharsets;

/** Writes the attributes of items as they are walked: {@code {"S":"text"}} and so on. */
final class ItemWriter implements ItemVisitor {
  private static final byte[] STRING = ascii("{\"S\":");
  private static final byte[] NUMBER = ascii("{\"N\":");
  private static final byte[] BINARY = ascii("{\"B\":");
  private static final byte[] TRUE = ascii("{\"BOOL\":true}");
  private static final byte[] FALSE = ascii("{\"BOOL\":false}");
  private static final byte[] NULL = ascii("{\"NULL\":true}");
  private static final byte[] LIST = ascii("{\"L\":[");
  private static final byte[] MAP = ascii("{\"M\":{");
  private static final byte[] ARRAY_END = ascii("]}");
  private static final byte[] MAP_END = ascii("}}");

  private final JsonWriter json;
  private boolean inSet;

  ItemWriter(JsonWriter json) {
    this.json = json;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Writes all attributes as one object. */
  void write(Item item) {
    json.startObject();
    item.walk(this);
    json.endObject();
  }

  @Override
  public void name(String name) {
    json.name(name);
  }

  @Override
  public void name(byte[] source, int offset, int length) {
    json.name(source, offset, length);
  }

  @Override
  public void string(String value) {
    if (inSet) {
      json.value(value);
    } else {
      json.open(STRING).value(value).endObject();
    }
  }

  @Override
  public void string(byte[] source, int offset, int length) {
    if (inSet) {
      json.value(source, offset, length);
    } else {
      json.open(STRING).value(source, offset, length).endObject();
    }
  }

  @Override
  public void number(String text) {
    if (inSet) {
      json.value(text);
    } else {
      json.open(NUMBER).value(text).endObject();
    }
  }

  @Override
  public void binary(byte[] source, int offset, int length) {
    if (inSet) {
      json.base64(source, offset, length);
    } else {
      json.open(BINARY).base64(source, offset, length).endObject();
    }
  }

  @Override
  public void bool(boolean value) {
    json.open(value ? TRUE : FALSE);
  }

  @Override
  public void nullValue() {
    json.open(NULL);
  }

  @Override
  public void startList(int size) {
    json.open(LIST);
  }

  @Override
  public void endList() {
    json.close(ARRAY_END);
  }

  @Override
  public void startMap(int size) {
    json.open(MAP);
  }

  @Override
  public void endMap() {
    json.close(MAP_END);
  }

  @Override
  public void startSet(AttributeType type, int size) {
    json.startObject().name(type.name()).startArray();
    inSet = true;
  }

  @Override
  public void endSet() {
    inSet = false;
    json.close(ARRAY_END);
  }
}
