package dev.partita.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.partita.model.api.ApiException;
import dev.partita.protocol.shape.Shape;
import dev.partita.protocol.shape.StructureShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of requests. Thread-safe; keep one, for it caches the names of members. */
public final class RequestReader {
  static final Shape.Attribute ATTRIBUTE_SHAPE = new Shape.Attribute("AttributeValue");

  /** Bodies are at most 16 MB, and so is anything in them. */
  private static final int BODY_BYTES_MAX = 16 * 1024 * 1024;

  /** Far more than 32 levels of attribute values need, far less than memory would feel. */
  private static final int JSON_DEPTH_MAX = 1_000;

  /**
   * The parser keeps up to some thousand names for reuse, whatever clients send; longer names than
   * this are read by a parser that keeps none.
   */
  private static final int KEPT_NAME_LENGTH_MAX = 512;

  private final JsonFactory keepingNames = factory(KEPT_NAME_LENGTH_MAX, true);
  private final JsonFactory keepingNone = factory(BODY_BYTES_MAX, false);

  private static JsonFactory factory(int nameLengthMax, boolean keepNames) {
    return JsonFactory.builder()
        .streamReadConstraints(
            StreamReadConstraints.builder()
                .maxNestingDepth(JSON_DEPTH_MAX)
                .maxNameLength(nameLengthMax)
                .maxStringLength(BODY_BYTES_MAX)
                .maxDocumentLength(BODY_BYTES_MAX)
                .build())
        .configure(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES, keepNames)
        .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
        // Clients choose attribute names: a crowded bucket is no reason to fail.
        .configure(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW, false)
        .configure(JsonFactory.Feature.CHARSET_DETECTION, false)
        .build();
  }

  /** A request as it was read, and what is wrong with its attribute values. */
  public record Result(StructureValue input, AttributeProblems problems) {}

  /**
   * Reads {@code body} as a value of {@code shape}.
   *
   * @throws ApiException a SerializationException if the body is not UTF-8, not JSON, no object, or
   *     holds JSON of a wrong type
   */
  public Result read(byte[] body, StructureShape shape) {
    Utf8Body.Finding finding = Utf8Body.look(body);
    if (finding == Utf8Body.Finding.MALFORMED) {
      throw JsonTypeErrors.malformed();
    }
    boolean surrogates = finding == Utf8Body.Finding.ESCAPED_SURROGATES;
    try {
      return read(keepingNames.createParser(body), shape, surrogates);
    } catch (StreamConstraintsException longName) {
      try {
        return read(keepingNone.createParser(text(body)), shape, surrogates);
      } catch (IOException malformed) {
        throw JsonTypeErrors.malformed();
      }
    } catch (IOException malformed) {
      throw JsonTypeErrors.malformed();
    }
  }

  /** The parser that keeps no names reads characters: over bytes it needs its own detection. */
  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private static Result read(JsonParser source, StructureShape shape, boolean mayHoldSurrogates)
      throws IOException {
    try (JsonParser parser = source) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw JsonTypeErrors.malformed();
      }
      AttributeProblems problems = new AttributeProblems();
      StructureValue input = new Pass(parser, mayHoldSurrogates, problems).readRequest(shape);
      if (parser.nextToken() != null) {
        throw JsonTypeErrors.malformed();
      }
      return new Result(input, problems);
    }
  }

  /** Whether {@code body} is one JSON value; for requests that have no shape. */
  public boolean isJson(byte[] body) {
    if (Utf8Body.look(body) == Utf8Body.Finding.MALFORMED) {
      return false;
    }
    try (JsonParser parser = keepingNone.createParser(text(body))) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  /** One body, one pass. Structures, lists and maps of the model nest a few levels at most. */
  private static final class Pass {
    private final JsonParser parser;
    private final Scalars scalars;
    private final AttributeProblems problems;
    private final AttributeValueReader attributeValues;

    Pass(JsonParser parser, boolean mayHoldSurrogates, AttributeProblems problems) {
      this.parser = parser;
      this.scalars = new Scalars(parser, mayHoldSurrogates);
      this.problems = problems;
      this.attributeValues = new AttributeValueReader(parser, scalars, problems);
    }

    StructureValue readRequest(StructureShape shape) throws IOException {
      StructureValue value = new StructureValue(shape);
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        StructureShape.Member member = shape.member(name);
        if (member == null) {
          parser.skipChildren();
          continue;
        }
        problems.enterMember(name);
        value.set(member.index(), readMember(member.shape()));
      }
      return value;
    }

    private @Nullable Object readMember(Shape shape) throws IOException {
      if (shape instanceof Shape.Mapping map) {
        return readMap(map, true, false);
      }
      return shape instanceof Shape.Listing list && !parser.hasToken(JsonToken.VALUE_NULL)
          ? readList(list, true, false)
          : read(shape, false);
    }

    private @Nullable Object read(Shape shape, boolean inCollection) throws IOException {
      if (parser.hasToken(JsonToken.VALUE_NULL) && !(shape instanceof Shape.Attribute)) {
        return null;
      }
      return switch (shape) {
        case Shape.Text ignored -> scalars.string();
        case Shape.Enumeration ignored -> scalars.string();
        case Shape.Bool ignored -> scalars.bool();
        case Shape.Numeric number -> scalars.number(number.kind());
        case Shape.Blob ignored -> scalars.binary();
        case Shape.Listing list -> readList(list, false, inCollection);
        case Shape.Mapping map -> readMap(map, false, inCollection);
        case Shape.Attribute ignored -> readAttributeValue(inCollection);
        case StructureShape structure -> readStructure(structure, inCollection);
      };
    }

    /** A member that is null is left out; an element that is null is an empty attribute value. */
    private @Nullable Object readAttributeValue(boolean inCollection) throws IOException {
      return parser.hasToken(JsonToken.VALUE_NULL) && !inCollection
          ? null
          : attributeValues.read(1, inCollection);
    }

    private StructureValue readStructure(StructureShape shape, boolean inCollection)
        throws IOException {
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        throw JsonTypeErrors.structure(parser.currentToken(), shape.name(), inCollection);
      }
      StructureValue value = new StructureValue(shape);
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        parser.nextToken();
        StructureShape.Member member = shape.member(name);
        if (member == null) {
          parser.skipChildren();
        } else {
          problems.enterNested(name);
          value.set(member.index(), read(member.shape(), false));
        }
      }
      return value;
    }

    private List<@Nullable Object> readList(
        Shape.Listing list, boolean ofRequest, boolean inCollection) throws IOException {
      if (!parser.hasToken(JsonToken.START_ARRAY)) {
        throw JsonTypeErrors.list(parser.currentToken(), inCollection);
      }
      List<@Nullable Object> elements = new ArrayList<>();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (ofRequest) {
          problems.enterElement();
        }
        elements.add(read(list.element(), true));
      }
      return elements;
    }

    private @Nullable Map<String, ?> readMap(
        Shape.Mapping map, boolean ofRequest, boolean inCollection) throws IOException {
      if (parser.hasToken(JsonToken.VALUE_NULL)) {
        return null;
      }
      if (!parser.hasToken(JsonToken.START_OBJECT)) {
        throw JsonTypeErrors.map(parser.currentToken(), map.element(), inCollection);
      }
      boolean keyTold = ofRequest || problems.isInElement();
      if (map.element() instanceof Shape.Attribute && !keyTold) {
        return attributeValues.readAttributes(1, inCollection);
      }
      Map<String, @Nullable Object> entries = new LinkedHashMap<>();
      boolean ofAttributes = map.key().name().equals("AttributeName");
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (keyTold) {
          problems.enterKey(name);
        }
        if (ofAttributes) {
          attributeValues.checkName(name);
        }
        scalars.checked(name);
        parser.nextToken();
        entries.put(name, read(map.element(), true));
      }
      return entries;
    }
  }
}
