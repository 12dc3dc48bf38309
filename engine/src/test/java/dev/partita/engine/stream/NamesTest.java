package dev.partita.engine.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.base.InvariantBrokenException;
import dev.partita.engine.partition.PartitionId;
import java.math.BigInteger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sequence numbers, shard ids and ARNs as texts. */
class NamesTest {

  @Test
  void sequenceNumbersAreOfOneLengthAndInOrder() {
    assertEquals("100000000000000000000", SequenceNumbers.format(0));
    assertEquals("100000000000000000042", SequenceNumbers.format(42));
    assertEquals("109223372036854775807", SequenceNumbers.format(Long.MAX_VALUE));
    assertEquals(
        BigInteger.TEN.pow(20).add(BigInteger.valueOf(123_456_789_012L)),
        new BigInteger(SequenceNumbers.format(123_456_789_012L)));
    assertTrue(SequenceNumbers.format(9).compareTo(SequenceNumbers.format(10)) < 0);
  }

  @Test
  void sequenceNumbersAreReadBack() {
    Stream.of(0L, 7L, 1L << 40, Long.MAX_VALUE)
        .forEach(sequence ->
            assertEquals((long) sequence, SequenceNumbers.parse(SequenceNumbers.format(sequence))));
    for (String other :
        List.of(
            "",
            "1",
            "000000000000000000042",
            "200000000000000000042",
            "1000000000000000000042",
            "10000000000000000000x",
            "10000000000000000000/",
            "109223372036854775808",
            "199999999999999999999")) {
      assertEquals(SequenceNumbers.INVALID, SequenceNumbers.parse(other), other);
    }
  }

  @Test
  void shardIdsSayWhenTheShardWasOpened() {
    ShardId id = new ShardId(1_767_225_600_123L, new PartitionId(255), 17);
    assertEquals("shardId-00000001767225600123-00000000ff000011", id.text());
    assertEquals(1_767_225_600_123L, Long.parseLong(id.text(), 8, 28, 10));
    assertEquals(id, ShardId.parse(id.text()));
  }

  @Test
  void theOrderOfShardIdsIsThatOfTime() {
    String parent = new ShardId(5, new PartitionId(9), 1).text();
    assertTrue(parent.compareTo(new ShardId(5, new PartitionId(9), 2).text()) < 0);
    assertTrue(parent.compareTo(new ShardId(6, new PartitionId(1), 1).text()) < 0);
    assertTrue(parent.compareTo(new ShardId(10, new PartitionId(9), 16).text()) < 0);
  }

  @Test
  void otherTextsAreNoShardIds() {
    for (String other :
        List.of(
            "",
            "shardId-00000001767225600123-00000000FF000011",
            "shardId-00000001767225600123-00000000ff00001",
            "shardId-+0000001767225600123-00000000ff000011",
            "shardId-00000001767225600123x00000000ff000011",
            "shardid-00000001767225600123-00000000ff000011",
            "shardId-99999999999999999999-00000000ff000011",
            "shardId-00000001767225600123-0000000zff000011")) {
      assertNull(ShardId.parse(other), other);
    }
    assertThrows(
        InvariantBrokenException.class, new ShardId(5, new PartitionId(1L << 40), 1)::text);
    assertThrows(InvariantBrokenException.class, new ShardId(5, new PartitionId(1), 1 << 24)::text);
  }

  @Test
  void arnsOfStreamsNameTableAndLabel() {
    assertEquals(
        new StreamArn("abc", "2026-11-25T03:04:05.123"),
        StreamArn.parse(
            "arn:aws:dynamodb:eu-west-1:123456789012:table/abc/stream/2026-11-25T03:04:05.123"));
    for (String other :
        List.of(
            "",
            "abc",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/abc",
            "arn:aws:dynamodb:eu-west-1:123456789012:table/abc/stream/",
            "arn:aws:dynamodb:eu-west-1:123456789012:table//stream/x",
            "arn:aws:dynamodb:eu-west-1:123456789012:/stream/x",
            "arx:aws:dynamodb:eu-west-1:123456789012:table/abc/stream/x")) {
      assertNull(StreamArn.parse(other), other);
    }
  }
}
