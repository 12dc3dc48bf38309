package dev.partita.protocol.encoding;

import dev.partita.model.AttributeType;
import dev.partita.model.Item;
import dev.partita.model.ItemVisitor;

/** Writes the attributes of items as they are walked: {@code {"S":"text"}} and so on. */
final class ItemWriter implements ItemVisitor {
  private final JsonWriter json;
  private boolean inSet;

  ItemWriter(JsonWriter json) {
    this.json = json;
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
      json.startObject().name("S").value(value).endObject();
    }
  }

  @Override
  public void string(byte[] source, int offset, int length) {
    if (inSet) {
      json.value(source, offset, length);
    } else {
      json.startObject().name("S").value(source, offset, length).endObject();
    }
  }

  @Override
  public void number(String text) {
    if (inSet) {
      json.value(text);
    } else {
      json.startObject().name("N").value(text).endObject();
    }
  }

  @Override
  public void binary(byte[] source, int offset, int length) {
    if (inSet) {
      json.base64(source, offset, length);
    } else {
      json.startObject().name("B").base64(source, offset, length).endObject();
    }
  }

  @Override
  public void bool(boolean value) {
    json.startObject().name("BOOL").value(value).endObject();
  }

  @Override
  public void nullValue() {
    json.startObject().name("NULL").value(true).endObject();
  }

  @Override
  public void startList(int size) {
    json.startObject().name("L").startArray();
  }

  @Override
  public void endList() {
    json.endArray().endObject();
  }

  @Override
  public void startMap(int size) {
    json.startObject().name("M").startObject();
  }

  @Override
  public void endMap() {
    json.endObject().endObject();
  }

  @Override
  public void startSet(AttributeType type, int size) {
    json.startObject().name(type.name()).startArray();
    inSet = true;
  }

  @Override
  public void endSet() {
    inSet = false;
    json.endArray().endObject();
  }
}
