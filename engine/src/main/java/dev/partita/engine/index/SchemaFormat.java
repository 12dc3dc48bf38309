package dev.partita.engine.index;

import dev.partita.model.AttributeType;
import dev.partita.model.KeyAttribute;
import dev.partita.model.KeySchema;
import dev.partita.model.KeyType;
import dev.partita.model.api.ProjectionType;
import dev.partita.storage.format.FieldReader;
import dev.partita.storage.format.FieldWriter;
import java.util.List;

/** Keys and index definitions within stored records; see docs/file-formats.md. */
public final class SchemaFormat {
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_ROLE = 2;
  private static final int ATTRIBUTE_TYPE = 3;

  private static final int INDEX_NAME = 1;
  private static final int INDEX_NUMBER = 2;
  private static final int INDEX_KEY = 3;
  private static final int INDEX_PROJECTION = 4;
  private static final int INDEX_NON_KEY_ATTRIBUTE = 5;

  private SchemaFormat() {}

  /** Adds the attributes of a key, each as one nested record {@code field}. */
  public static void addKey(FieldWriter fields, int field, KeySchema key) {
    for (KeyAttribute attribute : key.attributes()) {
      fields.nested(
          field,
          new FieldWriter()
              .text(ATTRIBUTE_NAME, attribute.name())
              .text(ATTRIBUTE_ROLE, attribute.keyType().name())
              .text(ATTRIBUTE_TYPE, attribute.type().name()));
    }
  }

  /** Reads what {@link #addKey} added. */
  public static KeySchema key(FieldReader fields, int field) {
    List<KeyAttribute> attributes =
        fields.nested(field).stream()
            .map(attribute ->
                new KeyAttribute(
                    attribute.text(ATTRIBUTE_NAME),
                    KeyType.valueOf(attribute.text(ATTRIBUTE_ROLE)),
                    AttributeType.valueOf(attribute.text(ATTRIBUTE_TYPE))))
            .toList();
    return KeySchema.of(attributes);
  }

  /** The nested record of an index definition; fields from 10 on are free for the caller. */
  public static FieldWriter encode(IndexDefinition index) {
    FieldWriter fields =
        new FieldWriter().text(INDEX_NAME, index.name()).integer(INDEX_NUMBER, index.number());
    addKey(fields, INDEX_KEY, index.key());
    fields.text(INDEX_PROJECTION, index.projection().type().name());
    for (String name : index.projection().nonKeyAttributes()) {
      fields.text(INDEX_NON_KEY_ATTRIBUTE, name);
    }
    return fields;
  }

  /** Reads what {@link #encode} made. */
  public static IndexDefinition decode(FieldReader fields) {
    return new IndexDefinition(
        fields.text(INDEX_NAME),
        (int) fields.integer(INDEX_NUMBER, 0),
        key(fields, INDEX_KEY),
        new ProjectedAttributes(
            ProjectionType.valueOf(fields.text(INDEX_PROJECTION)),
            fields.texts(INDEX_NON_KEY_ATTRIBUTE)));
  }
}
