package dev.partita.engine.operation;

import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ApiException;
import dev.partita.model.api.AttributeDefinition;
import dev.partita.model.api.KeySchemaElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks KeySchema and AttributeDefinitions against each other. */
final class TableSchemas {
  private static final String INVALID = "One or more parameter values were invalid: ";

  private TableSchemas() {}

  static KeySchema of(
      @Nullable List<KeySchemaElement> keySchema, @Nullable List<AttributeDefinition> definitions) {
    if (definitions == null) {
      throw ApiException.validation(INVALID + "Missing AttributeDefinitions");
    }
    if (keySchema == null) {
      throw ApiException.validation(INVALID + "Missing KeySchema");
    }
    Map<String, AttributeType> types = types(definitions);
    checkShape(keySchema);
    List<String> names = keySchema.stream().map(KeySchemaElement::attributeName).toList();
    if (!types.keySet().containsAll(names)) {
      List<String> missing = names.stream().filter(name -> !types.containsKey(name)).toList();
      throw ApiException.validation(
          INVALID
              + "Some index key attributes are not defined in AttributeDefinitions. Keys: "
              + missing
              + ", AttributeDefinitions: "
              + types.keySet());
    }
    if (types.size() != names.size()) {
      throw ApiException.validation(
          INVALID
              + "Number of attributes in KeySchema does not exactly match number of attributes"
              + " defined in AttributeDefinitions");
    }
    List<KeyAttribute> key = keySchema.stream().map(element -> attribute(element, types)).toList();
    return new KeySchema(key.getFirst(), key.size() == 1 ? null : key.get(1));
  }

  private static KeyAttribute attribute(
      KeySchemaElement element, Map<String, AttributeType> types) {
    return new KeyAttribute(
        element.attributeName(),
        element.keyType(),
        types.getOrDefault(element.attributeName(), AttributeType.S));
  }

  private static Map<String, AttributeType> types(List<AttributeDefinition> definitions) {
    Map<String, AttributeType> types = new LinkedHashMap<>();
    for (AttributeDefinition definition : definitions) {
      if (types.put(definition.attributeName(), definition.attributeType()) != null) {
        throw ApiException.validation(
            INVALID
                + "Duplicate AttributeName in AttributeDefinitions: "
                + definition.attributeName());
      }
    }
    return types;
  }

  private static void checkShape(List<KeySchemaElement> keySchema) {
    if (keySchema.getFirst().keyType() != KeyType.HASH) {
      throw ApiException.validation(
          "Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
    }
    if (keySchema.size() > 1) {
      if (keySchema.get(1).keyType() != KeyType.RANGE) {
        throw ApiException.validation(
            "Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
      }
      if (keySchema.get(0).attributeName().equals(keySchema.get(1).attributeName())) {
        throw ApiException.validation(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name");
      }
    }
  }
}
