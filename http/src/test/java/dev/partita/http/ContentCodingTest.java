package dev.partita.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ContentCodingTest {
  private static final int BYTES_MAX = 1 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "gzip | GZIP",
        "deflate | DEFLATE",
        "gzip, deflate | GZIP",
        "br, identity, deflate, gzip | DEFLATE",
        "GZIP, identity | GZIP",
        "dog, gzip ,, cat | GZIP",
        "gzip;q=0.8, deflate;q=0.5 | GZIP",
        "gzip;q=0.5, deflate;q=0.8 | DEFLATE",
        "br, gzip;q=0, deflate; q = 0.5 , identity;q=0 | DEFLATE",
        "* | GZIP",
        "*, deflate;q=0.5 | GZIP",
        "*, deflate | DEFLATE",
        "*, identity | GZIP",
        "*, gzip;q=0.5 | DEFLATE",
        "*, gzip;q=0 | DEFLATE",
        "*;q=0.5,identity | GZIP",
        "gzip;q=0.5,identity;q=0.8 | GZIP",
        "br,identity;q=0.5,gzip;q=0.0001 | GZIP",
        "deflate;q=0.5, gzip;q=31 | GZIP",
        "gzip;q=31,deflate;q=51 | GZIP",
        "deflate;q=0.5, gzip;q=1;q=0.2 | GZIP",
        "deflate;q=0.5,gzip;q=0. | DEFLATE",
        "deflate;q=0.5,gzip;q=0.x | GZIP",
        "deflate;q=0.5,gzip;q=0. x | GZIP",
        "deflate;q=-0.5,gzip;q=0.2 | GZIP",
        "gzip;q =0;q=1 | GZIP",
        "gzip;q=0, gzip;q=1, gzip;q=0 | GZIP",
        "identity |",
        "'' |",
        "br |",
        "x-gzip |",
        "gzip ;q=0 |",
        "gzip;q= 0;q=1 |",
        "gzip;nq=0;q=1 |",
        "identity;q=0 |",
        "*;q=0 |",
        "br;q=0.8,identity;q=0.5,*;q=0 |",
        "\"gzip\" |",
        "gzip br |",
        "gzip:q=1 |",
      })
  void choosesAsDynamoDbDoes(String acceptEncoding, ContentCoding expected) {
    assertEquals(expected, ContentCoding.negotiate(acceptEncoding));
  }

  @ParameterizedTest
  @EnumSource
  void compressesWhatOthersCanRead(ContentCoding coding) throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (int length : new int[] {4097, 5000, 17_000, 70_000, 900_000}) {
      byte[] padded = new byte[length + 10];
      for (int i = 0; i < padded.length; i++) {
        padded[i] = (byte) ('a' + random.nextInt(26));
      }
      byte[] compressed = coding.compress(padded, 7, length);
      assertNotNull(compressed);
      assertTrue(compressed.length < length);
      byte[] expected = Arrays.copyOfRange(padded, 7, 7 + length);
      try (var in =
          switch (coding) {
            case GZIP -> new GZIPInputStream(new ByteArrayInputStream(compressed));
            case DEFLATE -> new InflaterInputStream(new ByteArrayInputStream(compressed));
          }) {
        assertArrayEquals(expected, in.readAllBytes());
      }
      assertArrayEquals(expected, inflated(coding, compressed));
    }
  }

  @ParameterizedTest
  @EnumSource
  void doesNotCompressWhatWouldNotShrink(ContentCoding coding) {
    byte[] noise = new byte[5000];
    new SplittableRandom(1).nextBytes(noise);
    assertNull(coding.compress(noise, 0, noise.length));
    assertNull(coding.compress(noise, 0, 3));
  }

  private static byte[] inflated(ContentCoding coding, byte[] input) {
    return assertInstanceOf(
            BodyInflater.Result.Whole.class,
            BodyInflater.inflate(coding, input, input.length, BYTES_MAX))
        .body();
  }

  private static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }

  @Test
  void inflatesSeveralMembersAndEveryHeaderField() {
    byte[] a = {1, 2, 3};
    byte[] b = new byte[100_000];
    assertArrayEquals(join(a, b, a), inflated(ContentCoding.GZIP, join(gzip(a), gzip(b), gzip(a))));
    byte[] plain = gzip(a);
    byte[] header = Arrays.copyOf(plain, 10);
    header[3] = 4 + 8 + 16;
    byte[] fields = {2, 0, 9, 9, 'n', 0, 'c', 0};
    byte[] rest = Arrays.copyOfRange(plain, 10, plain.length);
    assertArrayEquals(a, inflated(ContentCoding.GZIP, join(header, fields, rest)));
    header[3] = 2;
    assertBroken(ContentCoding.GZIP, join(header, new byte[] {0, 0}, rest));
    header[3] = 0x20;
    assertBroken(ContentCoding.GZIP, join(header, rest));
  }

  private static void assertBroken(ContentCoding coding, byte[] input) {
    assertInstanceOf(
        BodyInflater.Result.Broken.class,
        BodyInflater.inflate(coding, input, input.length, BYTES_MAX));
  }

  @Test
  void seesBrokenData() {
    byte[] text = new byte[3000];
    new SplittableRandom(5).nextBytes(text);
    byte[] gzip = gzip(text);
    byte[] deflate = ContentCoding.DEFLATE.compress(new byte[3000], 0, 3000);
    assertNotNull(deflate);
    for (ContentCoding coding : ContentCoding.values()) {
      byte[] whole = coding == ContentCoding.GZIP ? gzip : deflate;
      assertBroken(coding, new byte[0]);
      assertBroken(coding, "{\"TableName\":\"t\"}".getBytes(UTF_8));
      assertBroken(coding, join(whole, "junk".getBytes(UTF_8)));
      for (int length = 0; length < whole.length; length += 1 + length / 50) {
        assertBroken(coding, Arrays.copyOf(whole, length));
      }
      assertBroken(coding, Arrays.copyOf(whole, whole.length - 1));
    }
    assertBroken(ContentCoding.DEFLATE, join(deflate, deflate));
    for (int bit = 0; bit < 64; bit++) {
      byte[] damaged = gzip.clone();
      damaged[gzip.length - 8 + bit / 8] ^= (byte) (1 << bit % 8);
      assertBroken(ContentCoding.GZIP, damaged);
    }
  }

  @ParameterizedTest
  @EnumSource
  void neverInflatesBeyondTheLimit(ContentCoding coding) {
    for (int length : new int[] {BYTES_MAX - 1, BYTES_MAX}) {
      byte[] bomb = coding.compress(new byte[length], 0, length);
      assertNotNull(bomb);
      assertEquals(length, inflated(coding, bomb).length);
    }
    for (int length : new int[] {BYTES_MAX + 1, 50 * BYTES_MAX}) {
      byte[] bomb = coding.compress(new byte[length], 0, length);
      assertNotNull(bomb);
      assertInstanceOf(
          BodyInflater.Result.TooLarge.class,
          BodyInflater.inflate(coding, bomb, bomb.length, BYTES_MAX));
    }
  }

  @Test
  void survivesEveryMutation() {
    long seed = 99;
    SplittableRandom random = new SplittableRandom(seed);
    byte[] text = new byte[2000];
    Arrays.fill(text, (byte) 'x');
    byte[] gzip = gzip(text);
    for (int round = 0; round < 5_000; round++) {
      byte[] mutant = gzip.clone();
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      BodyInflater.Result result =
          BodyInflater.inflate(ContentCoding.GZIP, mutant, mutant.length, BYTES_MAX);
      if (result instanceof BodyInflater.Result.Whole(byte[] body)) {
        assertArrayEquals(text, body, "seed=" + seed + " round=" + round);
      }
    }
  }
}
