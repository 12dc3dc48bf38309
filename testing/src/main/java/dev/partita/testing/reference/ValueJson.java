package dev.partita.testing.reference;

import dev.partita.testing.reference.Value.BinarySetValue;
import dev.partita.testing.reference.Value.BinaryValue;
import dev.partita.testing.reference.Value.BooleanValue;
import dev.partita.testing.reference.Value.ListValue;
import dev.partita.testing.reference.Value.MapValue;
import dev.partita.testing.reference.Value.NullValue;
import dev.partita.testing.reference.Value.NumberSetValue;
import dev.partita.testing.reference.Value.NumberValue;
import dev.partita.testing.reference.Value.StringSetValue;
import dev.partita.testing.reference.Value.StringValue;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Attribute values as DynamoDB JSON, and back. */
public final class ValueJson {

  private final Function<BigDecimal, String> spelling;

  /** Writes numbers as DynamoDB answers them: plain digits, no exponent, no trailing zeros. */
  public ValueJson() {
    this(BigDecimal::toPlainString);
  }

  /** Writes numbers as the function spells them. */
  public ValueJson(Function<BigDecimal, String> spelling) {
    this.spelling = spelling;
  }

  /** The value with its type descriptor, as in {@code {"S": "text"}}. */
  public Json.ObjectOf encode(Value value) {
    Json content =
        switch (value) {
          case StringValue string -> Json.text(string.text());
          case NumberValue number -> Json.text(spelling.apply(number.number()));
          case BinaryValue binary -> Json.text(base64(binary.octets()));
          case BooleanValue truth -> Json.flag(truth.truth());
          case NullValue nothing -> Json.flag(true);
          case ListValue list -> {
            List<Json> elements = new ArrayList<>();
            for (Value element : list.elements()) {
              elements.add(encode(element));
            }
            yield new Json.ArrayOf(elements);
          }
          case MapValue map -> attributes(map);
          case StringSetValue set -> Json.texts(set.elements());
          case NumberSetValue set -> Json.texts(set.elements().stream().map(spelling).toList());
          case BinarySetValue set ->
              Json.texts(set.elements().stream().map(ValueJson::base64).toList());
        };
    return Json.object(value.type(), content);
  }

  /** An item or key: its attributes without a type descriptor around them. */
  public Json.ObjectOf attributes(MapValue map) {
    SortedMap<String, Json> members = new TreeMap<>();
    map.members().forEach((name, member) -> members.put(name, encode(member)));
    return new Json.ObjectOf(members);
  }

  /** Reads an item or key. Fails with IllegalArgumentException if it is none. */
  public static MapValue decodeAttributes(Json json) {
    SortedMap<String, Value> members = new TreeMap<>();
    object(json).members().forEach((name, member) -> members.put(name, decode(member)));
    return new MapValue(members);
  }

  /** Reads a value with its type descriptor. Fails with IllegalArgumentException if it is none. */
  public static Value decode(Json json) {
    Json.ObjectOf object = object(json);
    if (object.members().size() != 1) {
      throw new IllegalArgumentException("not an attribute value: " + json.print());
    }
    String type = object.members().firstKey();
    Json content = object.member(type).orElseThrow();
    return switch (type) {
      case "S" -> new StringValue(string(content));
      case "N" -> new NumberValue(new BigDecimal(string(content)));
      case "B" -> new BinaryValue(octets(string(content)));
      case "BOOL" -> new BooleanValue(content.equals(Json.flag(true)));
      case "NULL" -> new NullValue();
      case "L" -> new ListValue(array(content).stream().map(ValueJson::decode).toList());
      case "M" -> decodeAttributes(content);
      case "SS" -> new StringSetValue(set(content, text -> text));
      case "NS" -> new NumberSetValue(set(content, BigDecimal::new));
      case "BS" -> new BinarySetValue(set(content, ValueJson::octets));
      default -> throw new IllegalArgumentException("not an attribute value: " + json.print());
    };
  }

  private static <T extends Comparable<T>> SortedSet<T> set(
      Json content, Function<String, T> element) {
    SortedSet<T> elements = new TreeSet<>();
    for (Json member : array(content)) {
      elements.add(element.apply(string(member)));
    }
    return elements;
  }

  private static Json.ObjectOf object(Json json) {
    if (json instanceof Json.ObjectOf object) {
      return object;
    }
    throw new IllegalArgumentException("not a JSON object: " + json.print());
  }

  private static List<Json> array(Json json) {
    if (json instanceof Json.ArrayOf array) {
      return array.elements();
    }
    throw new IllegalArgumentException("not a JSON array: " + json.print());
  }

  private static String string(Json json) {
    if (json instanceof Json.Text text) {
      return text.text();
    }
    throw new IllegalArgumentException("not a JSON string: " + json.print());
  }

  private static String base64(String octets) {
    return Base64.getEncoder().encodeToString(octets.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String octets(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
  }
}
