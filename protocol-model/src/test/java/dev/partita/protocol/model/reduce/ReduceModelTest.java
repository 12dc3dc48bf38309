package dev.partita.protocol.model.reduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReduceModelTest {
  private static final Path OVERLAY = Path.of("src/main/overlay/overlay.txt");
  private static final Path STREAMS = Path.of("src/main/overlay/streams.txt");

  @Test
  void theModelOfTheArtifactIsReduced(@TempDir Path directory) throws IOException {
    Path target = directory.resolve("deep/dynamodb.model");
    ReduceModel.main(
        new String[] {"1.2.3", target.toString(), OVERLAY.toString(), STREAMS.toString()});
    String text = Files.readString(target);
    assertTrue(text.startsWith("partita-api-model\t2\t1.2.3\n"), text.substring(0, 40));
    assertEquals(62, text.lines().filter(line -> line.startsWith("operation\t")).count());
    assertTrue(text.contains("\noperation\tPutItem\tDynamoDB_20120810\tPutItemInput\n"));
    assertTrue(text.contains("\nenum\tScalarAttributeType\tB\tN\tS\n"));
    assertTrue(text.contains("\ntable-name\tTableArn\t1\t255\t[a-zA-Z0-9_.-]+\n"));
    assertTrue(text.contains("\nlist\tTableKeySchema\tKeySchemaElement\t1\t2\n"));
    assertTrue(text.contains("\nmember\tTableName\tControlTableName\trequired\tparameter\n"));
    assertTrue(
        text.contains("\noperation\tGetRecords\tDynamoDBStreams_20120810\tGetRecordsInput\n"));
    assertTrue(text.contains("\nmember\tShardIterator\tShardIterator\trequired\n"));
    assertTrue(text.contains("\nmember\tLimit\tStreamRecordsLimit\toptional\n"));
    assertTrue(text.contains("\ninteger\tStreamRecordsLimit\t1\t1000\n"));
    assertTrue(text.contains("\nenum\tShardFilterType\tCHILD_SHARDS\n"));
    assertFalse(text.contains("<p>"), "documentation is left out");
  }

  @Test
  void whatTheOverlayNamesMustBeThere() throws IOException {
    for (String line :
        List.of(
            "retarget PutItemInput$Nope TableArn",
            "retarget Nope$TableName TableArn",
            "retarget PutItemInput$TableName Nope",
            "required PutItemInput$TableName",
            "enum-order Select COUNT",
            "enum-order Select COUNT COUNT ALL_ATTRIBUTES ALL_PROJECTED_ATTRIBUTES",
            "member-order PutItemInput Nope",
            "define-list TableArn AttributeValue 1 2",
            "table-name Select 1 2 x",
            "length KeySchema",
            "define-enum Select COUNT",
            "define-structure KeySchemaElement Nope=IndexName",
            "define-structure Mine Nope=Nope",
            "define-structure Mine IndexName",
            "operation Prefix PutItem PutItemInput",
            "operation Prefix Mine Nope",
            "mark Nope stop-at-first",
            "nonsense KeySchema 1")) {
      ModelDraft model = ReduceModel.read();
      IllegalArgumentException failure =
          assertThrows(
              IllegalArgumentException.class,
              () -> Overlay.apply(List.of("# a comment", "", line), model),
              line);
      assertEquals("overlay line 3: " + line, failure.getMessage());
    }
  }

  @Test
  void membersKeepTheOrderOfTheModelBehindThoseNamed() throws IOException {
    ModelDraft model = ReduceModel.read();
    List<String> before =
        model.shape("ListTablesInput").members.stream().map(member -> member.name).toList();
    assertEquals(List.of("ExclusiveStartTableName", "Limit"), before);
    Overlay.apply(List.of("member-order ListTablesInput Limit"), model);
    assertEquals(
        List.of("Limit", "ExclusiveStartTableName"),
        model.shape("ListTablesInput").members.stream().map(member -> member.name).toList());
  }
}
