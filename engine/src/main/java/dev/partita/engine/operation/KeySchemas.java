package dev.partita.engine.operation;

import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.KeySchemaElement;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Key schemas of tables and indexes, checked against attribute definitions. A table or local index
 * has a HASH and perhaps a RANGE attribute; a global index up to four of each, all HASH first.
 */
final class KeySchemas {
  private static final String INVALID = "One or more parameter values were invalid: ";
  private static final int ATTRIBUTES_OF_A_KIND_MAX = 4;

  private KeySchemas() {}

  /** The types of attributes by name, in the order of their definitions. */
  static Map<String, AttributeType> types(List<AttributeDefinition> definitions) {
    Map<String, AttributeType> types = new LinkedHashMap<>();
    for (AttributeDefinition definition : definitions) {
      if (types.put(definition.attributeName(), definition.attributeType()) != null) {
        throw ApiException.validation(
            "Attribute Name is duplicated: " + definition.attributeName());
      }
    }
    return types;
  }

  /** The key of a table. */
  static KeySchema ofTable(List<KeySchemaElement> elements, Map<String, AttributeType> types) {
    if (elements.size() > types.size()) {
      throw ApiException.validation(
          "Invalid KeySchema: Some index key attribute have no definition");
    }
    return ofPair(elements, types);
  }

  /** The key of a local index. */
  static KeySchema ofLocalIndex(List<KeySchemaElement> elements, Map<String, AttributeType> types) {
    return ofPair(elements, types);
  }

  private static KeySchema ofPair(
      List<KeySchemaElement> elements, Map<String, AttributeType> types) {
    checkDefined(elements, types);
    if (elements.size() > 1
        && elements.get(0).attributeName().equals(elements.get(1).attributeName())) {
      throw ApiException.validation(
          "Both the Hash Key and the Range Key element in the KeySchema have the same name");
    }
    checkStartsWithHash(elements);
    if (elements.size() > 1 && elements.get(1).keyType() != KeyType.RANGE) {
      throw ApiException.validation(
          "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
    }
    if (elements.size() > 2) {
      throw ApiException.validation(
          INVALID + "A KeySchema of a table or local index has at most 2 elements");
    }
    return schema(elements, types);
  }

  /** The key of a global index. */
  static KeySchema ofGlobalIndex(
      List<KeySchemaElement> elements, Map<String, AttributeType> types) {
    checkDefined(elements, types);
    checkStartsWithHash(elements);
    Set<String> names = new HashSet<>();
    int partitionKeys = 0;
    int sortKeys = 0;
    for (KeySchemaElement element : elements) {
      if (!names.add(element.attributeName())) {
        throw ApiException.validation(
            "The KeySchema contains multiple key attributes with the same name");
      }
      switch (element.keyType()) {
        case HASH -> {
          partitionKeys++;
          if (sortKeys > 0) {
            throw ApiException.validation(
                INVALID
                    + "All HASH key attributes must precede RANGE key attributes in the"
                    + " KeySchema");
          }
        }
        case RANGE -> sortKeys++;
      }
    }
    checkCount(partitionKeys, KeyType.HASH);
    checkCount(sortKeys, KeyType.RANGE);
    return schema(elements, types);
  }

  private static void checkCount(int count, KeyType kind) {
    if (count > ATTRIBUTES_OF_A_KIND_MAX) {
      throw ApiException.validation(
          INVALID
              + "The KeySchema exceeds the maximum allowed number of "
              + kind
              + " key attributes");
    }
  }

  private static void checkDefined(
      List<KeySchemaElement> elements, Map<String, AttributeType> types) {
    List<String> names = elements.stream().map(KeySchemaElement::attributeName).toList();
    if (!types.keySet().containsAll(names)) {
      throw ApiException.validation(
          INVALID
              + "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + names
              + ", AttributeDefinitions: "
              + types.keySet());
    }
  }

  private static void checkStartsWithHash(List<KeySchemaElement> elements) {
    if (elements.getFirst().keyType() != KeyType.HASH) {
      throw ApiException.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
  }

  private static KeySchema schema(
      List<KeySchemaElement> elements, Map<String, AttributeType> types) {
    return KeySchema.of(
        elements.stream()
            .map(element ->
                new KeyAttribute(
                    element.attributeName(),
                    element.keyType(),
                    types.getOrDefault(element.attributeName(), AttributeType.S)))
            .toList());
  }
}
