package dev.partita.protocol.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApiModelTest {
  private static final String OPERATION = "partita-api-model\t2\t1.0\noperation\tA\tPrefix\tB";

  private final ApiModel model = ApiModel.load();

  private StructureShape.Member member(String operation, String name) {
    StructureShape input = Objects.requireNonNull(model.input(operation));
    return Objects.requireNonNull(input.member(name), name);
  }

  @Test
  void operationsHaveInputs() {
    assertEquals(62, model.operations().size());
    for (String operation : model.operations()) {
      assertTrue(model.input(operation) != null, operation);
    }
    assertNull(model.input("Nope"));
    assertNull(model.operation("Nope"));
    assertEquals(
        "DynamoDB_20120810.PutItem", Objects.requireNonNull(model.operation("PutItem")).target());
    assertEquals(
        "DynamoDBStreams_20120810.GetRecords",
        Objects.requireNonNull(model.operation("GetRecords")).target());
    assertTrue(model.version().startsWith("1."), model.version());
  }

  @Test
  void constraintsAreThere() {
    Shape.Text indexName = assertInstanceOf(Shape.Text.class, member("Query", "IndexName").shape());
    assertEquals(new Shape.Bounds(3, 255), indexName.length());
    assertEquals("[a-zA-Z0-9_.-]+", Objects.requireNonNull(indexName.pattern()).printed());
    assertFalse(indexName.tableName());
    Shape.Numeric limit = assertInstanceOf(Shape.Numeric.class, member("Scan", "Limit").shape());
    assertEquals(1, limit.range().min());
    assertEquals(Shape.Numeric.Kind.INTEGER, limit.kind());
    assertTrue(member("Query", "Limit").valueOmitted());
    assertTrue(member("PutItem", "Item").required());
    assertEquals("item", member("PutItem", "Item").path());
    assertFalse(member("PutItem", "Item").shape().constrained());
    assertEquals(
        List.of("HASH", "INLINE_FILTER"),
        assertInstanceOf(Shape.Enumeration.class, searchSchemaType()).printed());
  }

  private Shape searchSchemaType() {
    Shape.Listing indexes =
        assertInstanceOf(Shape.Listing.class, member("CreateTable", "VectorIndexes").shape());
    StructureShape index = assertInstanceOf(StructureShape.class, indexes.element());
    Shape.Listing schema =
        assertInstanceOf(
            Shape.Listing.class, Objects.requireNonNull(index.member("SearchSchema")).shape());
    StructureShape element = assertInstanceOf(StructureShape.class, schema.element());
    return Objects.requireNonNull(element.member("SearchSchemaElementType")).shape();
  }

  @Test
  void patternsAreMatchedWhole() {
    NamePattern name = new NamePattern("^[a-zA-Z0-9_.-]+$");
    assertTrue(name.matches("aZ09_.-"));
    assertFalse(name.matches(""));
    assertFalse(name.matches("a b"));
    assertFalse(name.matches("a\u00e9"));
    NamePattern digits = new NamePattern("[0-9]{2}");
    assertTrue(digits.matches("12"));
    assertFalse(digits.matches("123"));
  }

  @Test
  void aDamagedModelDoesNotLoad() {
    for (String text :
        List.of(
            "",
            "partita-api-model\t1\t1.0",
            OPERATION,
            "partita-api-model\t2\t1.0\noperation\tA\tB\nstructure\tB",
            OPERATION + "\nstring\tB\t-\t-\t-",
            OPERATION + "\nnonsense\tB",
            OPERATION + "\nunion\tB",
            OPERATION + "\nstructure\tB\nmember\tc\tC\toptional")) {
      assertThrows(InvariantBrokenException.class, () -> new ModelText(text).model(), text);
    }
  }
}
