package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.engine.partition.PartitionId;
import dev.partita.model.api.ApiException;
import java.util.List;
import org.junit.jupiter.api.Test;

class IteratorSealTest {
  private static final int ITERATOR_LENGTH_MAX = 2048;
  private static final ShardIterator ITERATOR =
      new ShardIterator(
          "arn:aws:dynamodb:us-east-1:000000000000:table/abc/stream/2026-11-25T03:04:05.123",
          5,
          new PartitionId(6),
          7,
          8,
          9);

  private final IteratorSeal seal = new IteratorSeal(StreamTable.KEY);

  @Test
  void whatIsSealedIsOpenedByTheSameKeyOnly() {
    String text = seal.seal(ITERATOR);
    assertEquals(ITERATOR, new IteratorSeal(StreamTable.KEY.clone()).open(text));
    assertInvalid(new IteratorSeal(new byte[] {1, 2, 3, 4, 5, 6, 7, 9}), text);
  }

  @Test
  void everyChangeOfEveryCharacterIsNoticed() {
    String text = seal.seal(ITERATOR);
    for (int index = 0; index < text.length(); index++) {
      char other = text.charAt(index) == 'A' ? 'Q' : 'A';
      String changed = text.substring(0, index) + other + text.substring(index + 1);
      assertInvalid(seal, changed);
      assertInvalid(seal, text.substring(0, index) + text.substring(index + 1));
    }
  }

  @Test
  void anIteratorOfAnotherStreamIsInvalid() {
    String text = seal.seal(ITERATOR);
    assertInvalid(seal, text.replace("table/abc", "table/abd"));
    assertInvalid(seal, text.replace("2026", "2025"));
  }

  @Test
  void garbageIsInvalid() {
    for (String garbage :
        List.of("", "x", "|1|", "arn|1|", "arn|1|AAAA", "arn|1|***", "a".repeat(2048))) {
      assertInvalid(seal, garbage);
    }
  }

  @Test
  void theLongestIsShortEnough() {
    ShardIterator longest =
        new ShardIterator(
            StreamTable.IDENTITY.streamArn("t".repeat(255), "2026-11-25T03:04:05.123"),
            Long.MAX_VALUE,
            new PartitionId(Long.MAX_VALUE),
            Integer.MAX_VALUE,
            Long.MAX_VALUE,
            Long.MAX_VALUE);
    assertTrue(seal.seal(longest).length() <= ITERATOR_LENGTH_MAX);
    assertEquals(longest, seal.open(seal.seal(longest)));
  }

  private static void assertInvalid(IteratorSeal opener, String text) {
    ApiException refused = assertThrows(ApiException.class, () -> opener.open(text), text);
    assertEquals("Invalid ShardIterator", refused.error().message());
  }
}
