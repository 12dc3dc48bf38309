package dev.partita.testing.reference;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A JSON document as a tree of values. Members of an object have no order: two objects are equal if
 * their members are.
 */
public sealed interface Json {

  /** A JSON string. */
  record Text(String text) implements Json {}

  /** A JSON number, without trailing zeros, so that 1 and 1.0 are equal. */
  record Numeral(BigDecimal number) implements Json {
    public Numeral {
      number = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    }
  }

  /** True or false. */
  record Flag(boolean flag) implements Json {}

  /** The JSON null. */
  record Nothing() implements Json {}

  /** A JSON array. */
  record ArrayOf(List<Json> elements) implements Json {
    public ArrayOf {
      elements = List.copyOf(elements);
    }
  }

  /** A JSON object. */
  record ObjectOf(SortedMap<String, Json> members) implements Json {
    public ObjectOf {
      members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
    }

    /** The member of that name, if there is one. */
    public Optional<Json> member(String name) {
      return Optional.ofNullable(members.get(name));
    }

    /** The member of that name, if it is a string. */
    public Optional<String> text(String name) {
      return members.get(name) instanceof Text text ? Optional.of(text.text()) : Optional.empty();
    }

    /** This object with one member added or replaced. */
    public ObjectOf with(String name, Json value) {
      SortedMap<String, Json> changed = new TreeMap<>(members);
      changed.put(name, value);
      return new ObjectOf(changed);
    }

    /** This object without one member. */
    public ObjectOf without(String name) {
      SortedMap<String, Json> changed = new TreeMap<>(members);
      changed.remove(name);
      return new ObjectOf(changed);
    }
  }

  /** The object without members. */
  static ObjectOf object() {
    return new ObjectOf(new TreeMap<>());
  }

  /** The object with one member. */
  static ObjectOf object(String name, Json value) {
    return object().with(name, value);
  }

  /** A string. */
  static Text text(String text) {
    return new Text(text);
  }

  /** An array of strings. */
  static ArrayOf texts(Iterable<String> texts) {
    List<Json> elements = new ArrayList<>();
    for (String text : texts) {
      elements.add(new Text(text));
    }
    return new ArrayOf(elements);
  }

  /** A number. */
  static Numeral number(double number) {
    return new Numeral(BigDecimal.valueOf(number));
  }

  /** A number. */
  static Numeral number(int number) {
    return new Numeral(BigDecimal.valueOf(number));
  }

  /** A boolean. */
  static Flag flag(boolean flag) {
    return new Flag(flag);
  }

  /** Reads one JSON document. Fails with {@link UncheckedIOException} if the text is not JSON. */
  static Json parse(String text) {
    JsonFactory factory = new JsonFactory();
    factory.setStreamReadConstraints(
        StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(1000)
            .build());
    try (JsonParser parser = factory.createParser(text)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** This document as JSON text without spaces. */
  default String print() {
    StringWriter writer = new StringWriter();
    try (JsonGenerator generator = new JsonFactory().createGenerator(writer)) {
      write(generator, this);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return writer.toString();
  }

  private static Json read(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      SortedMap<String, Json> members = new TreeMap<>();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        parser.nextToken();
        members.put(name, read(parser));
      }
      return new ObjectOf(members);
    }
    if (token == JsonToken.START_ARRAY) {
      List<Json> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        elements.add(read(parser));
      }
      return new ArrayOf(elements);
    }
    if (token == JsonToken.VALUE_STRING) {
      return new Text(parser.getText());
    }
    if (token == JsonToken.VALUE_TRUE || token == JsonToken.VALUE_FALSE) {
      return new Flag(parser.getBooleanValue());
    }
    if (token == JsonToken.VALUE_NULL) {
      return new Nothing();
    }
    if (token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT) {
      return new Numeral(parser.getDecimalValue());
    }
    throw new IOException("not a JSON document");
  }

  private static void write(JsonGenerator generator, Json json) throws IOException {
    switch (json) {
      case Text text -> generator.writeString(text.text());
      case Numeral numeral -> generator.writeNumber(numeral.number().toPlainString());
      case Flag flag -> generator.writeBoolean(flag.flag());
      case Nothing nothing -> generator.writeNull();
      case ArrayOf array -> {
        generator.writeStartArray();
        for (Json element : array.elements()) {
          write(generator, element);
        }
        generator.writeEndArray();
      }
      case ObjectOf object -> {
        generator.writeStartObject();
        for (var member : object.members().entrySet()) {
          generator.writeFieldName(member.getKey());
          write(generator, member.getValue());
        }
        generator.writeEndObject();
      }
    }
  }
}
