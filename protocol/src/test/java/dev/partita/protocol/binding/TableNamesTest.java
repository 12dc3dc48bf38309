package dev.partita.protocol.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.partita.model.api.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableNamesTest {
  private final TableNames names = new TableNames();

  @Test
  void aNameIsItself() {
    assertEquals("Music", names.resolve("Music"));
    assertEquals("Music", names.asSent("Music"));
  }

  @Test
  void anArnNamesTheTableWhateverItsRegion() {
    String arn = "arn:aws:dynamodb:ddblocal:000000000000:table/Music";
    assertEquals("Music", names.resolve(arn));
    assertEquals(arn, names.asSent("Music"));
    assertEquals("Other", names.asSent("Other"));
  }

  @Test
  void otherArnsAreRefused() {
    for (String arn :
        List.of(
            "arn:",
            "arn:aws:s3:us-east-1:1:table/Music",
            "arn:aws:dynamodb:us-east-1:1:table",
            "arn:aws:dynamodb:us-east-1:1:table/",
            "arn:aws:dynamodb:us-east-1:1:table/ab",
            "arn:aws:dynamodb:us-east-1:1:table/Music/index/x",
            "arn:aws:dynamodb:us-east-1:1:table/Mu\u00e9ic")) {
      ApiException refused = assertThrows(ApiException.class, () -> names.resolve(arn), arn);
      assertEquals(
          "Invalid TableArn: Invalid ResourceArn provided as input " + arn,
          refused.error().message());
    }
  }
}
