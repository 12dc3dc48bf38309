package dev.partita.bench.ceiling;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads requests into plain trees and writes them back, as any server of JSON must. */
final class CeilingItems {
  private static final JsonFactory JSON = new JsonFactory();

  private CeilingItems() {}

  /**
   * What a PutItem or GetItem holds.
   *
   * @param key of the row
   * @param item the {@code Item}, written back; empty for {@code Key}
   */
  record Request(byte[] key, byte[] item) {}

  /** The request in a body; empty if the body names neither an item nor a key. */
  static Optional<Request> parse(byte[] body, boolean put) throws IOException {
    if (!(tree(body) instanceof Map<?, ?> request
        && request.get(put ? "Item" : "Key") instanceof Map<?, ?> item
        && item.get("pk") instanceof Map<?, ?> partitionKey
        && item.get("sk") instanceof Map<?, ?> sortKey)) {
      return Optional.empty();
    }
    String key = partitionKey.get("S") + "\0" + sortKey.get("S");
    byte[] value = new byte[0];
    if (put) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
      try (JsonGenerator json = JSON.createGenerator(out)) {
        write(json, item);
      }
      value = out.toByteArray();
    }
    return Optional.of(new Request(key.getBytes(StandardCharsets.UTF_8), value));
  }

  /** The answer of GetItem around a stored item. */
  static byte[] answer(byte[] stored) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(stored.length + 16);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeFieldName("Item");
      write(json, tree(stored));
      json.writeEndObject();
    }
    return out.toByteArray();
  }

  private static @Nullable Object tree(byte[] body) throws IOException {
    try (JsonParser parser = JSON.createParser(body)) {
      parser.nextToken();
      return value(parser);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        String name;
        while ((name = parser.nextFieldName()) != null) {
          parser.nextToken();
          map.put(name, value(parser));
        }
        yield map;
      }
      case START_ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          list.add(value(parser));
        }
        yield list;
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> parser.getText();
    };
  }

  private static void write(JsonGenerator json, @Nullable Object value) throws IOException {
    switch (value) {
      case null -> json.writeNull();
      case Map<?, ?> map -> {
        json.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          json.writeFieldName((String) entry.getKey());
          write(json, entry.getValue());
        }
        json.writeEndObject();
      }
      case List<?> list -> {
        json.writeStartArray();
        for (Object element : list) {
          write(json, element);
        }
        json.writeEndArray();
      }
      case Boolean bool -> json.writeBoolean(bool);
      default -> json.writeString(value.toString());
    }
  }
}
