package dev.partita.protocol.binding;

import dev.partita.base.Invariant;
import dev.partita.base.InvariantBrokenException;
import dev.partita.model.AttributeValue;
import dev.partita.model.Item;
import dev.partita.model.api.ApiException;
import dev.partita.protocol.json.StructureValue;
import dev.partita.protocol.shape.Shape;
import dev.partita.protocol.shape.StructureShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Hands out the members of one structure, each once: honoured as a {@link Slot} or refused. A
 * member is looked up by name when the program starts and by index afterwards.
 */
final class Slots {
  private final StructureShape shape;
  private final Set<String> handled = new HashSet<>();
  private final List<Refused> refused = new ArrayList<>();

  private record Refused(int index, Predicate<Object> harmless, String message) {}

  private Slots(StructureShape shape) {
    this.shape = shape;
  }

  /**
   * What {@code binding} makes of a structure within a request.
   *
   * @throws InvariantBrokenException if it leaves a member out
   */
  static <T> StructureBinding<T> bind(
      StructureShape shape, Function<Slots, StructureBinding<T>> binding) {
    Slots slots = new Slots(shape);
    StructureBinding<T> bound = binding.apply(slots);
    slots.checkComplete();
    if (slots.refused.isEmpty()) {
      return bound;
    }
    return value -> {
      slots.checkRefused(value);
      return bound.bind(value);
    };
  }

  /** As {@link #bind}, for a whole request. */
  static RequestBinding bindRequest(StructureShape shape, Function<Slots, RequestBinding> binding) {
    Slots slots = new Slots(shape);
    RequestBinding bound = binding.apply(slots);
    slots.checkComplete();
    if (slots.refused.isEmpty()) {
      return bound;
    }
    return (input, names) -> {
      slots.checkRefused(input);
      return bound.bind(input, names);
    };
  }

  private void checkComplete() {
    for (StructureShape.Member member : shape.members()) {
      if (!handled.contains(member.name())) {
        throw new InvariantBrokenException(
            "Neither honoured nor refused: " + shape.name() + "." + member.name());
      }
    }
  }

  private void checkRefused(StructureValue value) {
    for (Refused member : refused) {
      Object content = value.get(member.index());
      if (content != null && !member.harmless().test(content)) {
        throw ApiException.validation(member.message());
      }
    }
  }

  /** The member {@code name} is not supported, whatever its value. */
  void refuse(String name) {
    refused.add(
        new Refused(
            take(name).index(),
            content -> false,
            "One or more parameter values were invalid: Partita does not support "
                + name
                + " yet"));
  }

  /** As {@link #refuse}; a list without elements gets AWS's own error. */
  void refuseList(String name) {
    int index = take(name).index();
    refused.add(
        new Refused(
            index,
            content -> !(content instanceof List<?> list && list.isEmpty()),
            "One or more parameter values were invalid: List of " + name + " is empty"));
    refused.add(
        new Refused(
            index,
            content -> false,
            "One or more parameter values were invalid: Partita does not support "
                + name
                + " yet"));
  }

  Slot<String> string(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(member.shape() instanceof Shape.Text, "No string: " + name);
    return plain(member);
  }

  Slot<Boolean> bool(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(member.shape() instanceof Shape.Bool, "No boolean: " + name);
    return plain(member);
  }

  Slot<Integer> integer(String name) {
    return plain(number(name, Shape.Numeric.Kind.INTEGER));
  }

  Slot<Long> longInteger(String name) {
    return plain(number(name, Shape.Numeric.Kind.LONG));
  }

  private StructureShape.Member number(String name, Shape.Numeric.Kind kind) {
    StructureShape.Member member = take(name);
    Invariant.check(
        member.shape() instanceof Shape.Numeric numeric && numeric.kind() == kind,
        "No " + kind + ": " + name);
    return member;
  }

  /** An enum whose constants are named as on the wire; all values of the model must be there. */
  <E extends Enum<E>> Slot<E> enumeration(String name, E[] constants) {
    StructureShape.Member member = take(name);
    Map<String, E> byName = new HashMap<>();
    for (E constant : constants) {
      byName.put(constant.name(), constant);
    }
    Invariant.check(
        member.shape() instanceof Shape.Enumeration enumeration
            && byName.keySet().containsAll(enumeration.values()),
        "No enum of these constants: " + name);
    Slot<String> text = plain(member);
    return value -> {
      String constant = text.get(value);
      return constant == null ? null : byName.get(constant);
    };
  }

  Slot<AttributeValue> attributeValue(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(member.shape() instanceof Shape.Attribute, "No value: " + name);
    return plain(member);
  }

  Slot<Map<String, AttributeValue>> attributeValues(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(isAttributeMap(member.shape()), "No map of values: " + name);
    return plain(member);
  }

  Slot<Item> item(String name) {
    Slot<Map<String, AttributeValue>> attributes = attributeValues(name);
    return value -> {
      Map<String, AttributeValue> content = attributes.get(value);
      return content == null ? null : Item.of(content);
    };
  }

  Slot<List<Item>> items(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(
        member.shape() instanceof Shape.Listing list && isAttributeMap(list.element()),
        "No list of keys: " + name);
    Slot<List<Map<String, AttributeValue>>> plain = plain(member);
    return value -> {
      List<Map<String, AttributeValue>> content = plain.get(value);
      return content == null ? null : content.stream().map(Item::of).toList();
    };
  }

  Slot<List<AttributeValue>> attributeValueList(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(
        member.shape() instanceof Shape.Listing list && list.element() instanceof Shape.Attribute,
        "No list of values: " + name);
    return plain(member);
  }

  Slot<List<String>> stringList(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(
        member.shape() instanceof Shape.Listing list && list.element() instanceof Shape.Text,
        "No list of strings: " + name);
    return plain(member);
  }

  Slot<Map<String, String>> stringMap(String name) {
    StructureShape.Member member = take(name);
    Invariant.check(
        member.shape() instanceof Shape.Mapping map && map.element() instanceof Shape.Text,
        "No map of strings: " + name);
    return plain(member);
  }

  <T> Slot<T> structure(String name, Function<Slots, StructureBinding<T>> binding) {
    StructureShape.Member member = take(name);
    StructureBinding<T> bound = bind(structure(member.shape(), name), binding);
    Slot<StructureValue> plain = plain(member);
    return value -> {
      StructureValue content = plain.get(value);
      return content == null ? null : bound.bind(content);
    };
  }

  <T> Slot<List<T>> list(String name, Function<Slots, StructureBinding<T>> binding) {
    StructureShape.Member member = take(name);
    if (!(member.shape() instanceof Shape.Listing list)) {
      throw new InvariantBrokenException("No list: " + name);
    }
    StructureBinding<T> bound = bind(structure(list.element(), name), binding);
    Slot<List<StructureValue>> plain = plain(member);
    return value -> {
      List<StructureValue> content = plain.get(value);
      return content == null ? null : bindAll(content, bound);
    };
  }

  <T> Slot<Map<String, T>> map(String name, Function<Slots, StructureBinding<T>> binding) {
    StructureShape.Member member = take(name);
    if (!(member.shape() instanceof Shape.Mapping map)) {
      throw new InvariantBrokenException("No map: " + name);
    }
    StructureBinding<T> bound = bind(structure(map.element(), name), binding);
    Slot<Map<String, StructureValue>> plain = plain(member);
    return value -> {
      Map<String, StructureValue> content = plain.get(value);
      if (content == null) {
        return null;
      }
      Map<String, T> result = new LinkedHashMap<>();
      content.forEach((key, element) -> result.put(key, bound.bind(element)));
      return result;
    };
  }

  <T> Slot<Map<String, List<T>>> mapOfLists(
      String name, Function<Slots, StructureBinding<T>> binding) {
    StructureShape.Member member = take(name);
    if (!(member.shape() instanceof Shape.Mapping map)
        || !(map.element() instanceof Shape.Listing list)) {
      throw new InvariantBrokenException("No map of lists: " + name);
    }
    StructureBinding<T> bound = bind(structure(list.element(), name), binding);
    Slot<Map<String, List<StructureValue>>> plain = plain(member);
    return value -> {
      Map<String, List<StructureValue>> content = plain.get(value);
      if (content == null) {
        return null;
      }
      Map<String, List<T>> result = new LinkedHashMap<>();
      content.forEach((key, elements) -> result.put(key, bindAll(elements, bound)));
      return result;
    };
  }

  private static <T> List<T> bindAll(List<StructureValue> values, StructureBinding<T> binding) {
    List<T> result = new ArrayList<>(values.size());
    for (StructureValue value : values) {
      result.add(binding.bind(value));
    }
    return result;
  }

  private static boolean isAttributeMap(Shape shape) {
    return shape instanceof Shape.Mapping map && map.element() instanceof Shape.Attribute;
  }

  private static StructureShape structure(Shape shape, String name) {
    if (shape instanceof StructureShape structure) {
      return structure;
    }
    throw new InvariantBrokenException("No structure: " + name);
  }

  private StructureShape.Member take(String name) {
    StructureShape.Member member = shape.member(name);
    if (member == null) {
      throw new InvariantBrokenException("The API model lacks " + shape.name() + "." + name);
    }
    handled.add(name);
    return member;
  }

  /** The reader makes the Java type that belongs to the shape, which the callers have checked. */
  @SuppressWarnings("unchecked")
  private static <T> Slot<T> plain(StructureShape.Member member) {
    int index = member.index();
    return value -> (@Nullable T) value.get(index);
  }
}
