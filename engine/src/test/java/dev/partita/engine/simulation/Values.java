package dev.partita.engine.simulation;

import dev.partita.model.AttributeValue;
import dev.partita.model.AttributeValue.ListValue;
import dev.partita.model.AttributeValue.NumberValue;
import dev.partita.model.AttributeValue.StringValue;
import dev.partita.model.DecimalNumber;
import dev.partita.model.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Attribute values and items as the workloads use them. */
final class Values {
  private Values() {}

  static AttributeValue text(String text) {
    return new StringValue(text);
  }

  static AttributeValue number(long number) {
    return new NumberValue(DecimalNumber.of(number));
  }

  static AttributeValue numbers(List<Long> numbers) {
    return new ListValue(numbers.stream().map(Values::number).toList());
  }

  /** An item of names and values in turn. */
  static Item item(Object... namesAndValues) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    for (int place = 0; place < namesAndValues.length; place += 2) {
      attributes.put((String) namesAndValues[place], (AttributeValue) namesAndValues[place + 1]);
    }
    return Item.of(attributes);
  }

  /** Placeholders and their values in turn. */
  static Map<String, AttributeValue> parameters(Object... namesAndValues) {
    return item(namesAndValues).attributes();
  }

  static Optional<Long> number(@Nullable Item item, String name) {
    return item != null && item.get(name) instanceof NumberValue(DecimalNumber value)
        ? Optional.of(value.toBigDecimal().longValueExact())
        : Optional.empty();
  }

  static List<Long> numbers(@Nullable Item item, String name) {
    return item != null && item.get(name) instanceof ListValue(List<AttributeValue> values)
        ? values.stream().map(value -> number(item("n", value), "n").orElseThrow()).toList()
        : List.of();
  }

  static String text(Item item, String name) {
    return item.get(name) instanceof StringValue(String text) ? text : "";
  }
}
