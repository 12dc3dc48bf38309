package dev.partita.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.partita.server.NodeConfiguration;
import dev.partita.storage.DataDirectoryException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitaCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private @Nullable NodeConfiguration started;
  private boolean closed;

  /** A node that records what it was started with, and a signal to stop that comes at once. */
  private final class RecordedNode implements NodeStarter.RunningNode {
    private final InetSocketAddress address;

    RecordedNode(NodeConfiguration configuration) {
      started = configuration;
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), configuration.port());
    }

    @Override
    public InetSocketAddress address() {
      return address;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private int run(NodeStarter starter, Map<String, String> environment, String... arguments) {
    return new PartitaCommand(starter, environment, Runnable::run)
        .run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private int run(String... arguments) {
    return run(RecordedNode::new, Map.of(), arguments);
  }

  private NodeConfiguration started() {
    NodeConfiguration configuration = started;
    assertNotNull(configuration, err.toString());
    return configuration;
  }

  @Test
  void startsSaysThatItIsReadyAndStops() {
    assertEquals(0, run("start", "--port", "8123", "--data", "d"));
    assertEquals(8123, started().port());
    assertTrue(closed);
    String[] lines = out.toString().split("\n", -1);
    assertEquals("ready http://127.0.0.1:8123", lines[lines.length - 2]);
    String pasted = lines[lines.length - 3];
    assertTrue(pasted.contains("--endpoint-url http://127.0.0.1:8123 --region us-east-1"), pasted);
    assertEquals("", err.toString());
  }

  @Test
  void withoutASubcommandItStarts() {
    assertEquals(0, run());
    assertEquals(8000, started().port());
  }

  @Test
  void understandsTheFlagsOfDynamoDbLocal() {
    assertEquals(
        0,
        run(
            "-port",
            "8001",
            "-inMemory",
            "-sharedDb",
            "-cors",
            "*",
            "-delayTransientStatuses",
            "-optimizeDbBeforeStartup",
            "-disableTelemetry"));
    assertEquals(8001, started().port());
    assertNull(started().dataDirectory());
    assertEquals(Duration.ofSeconds(5), started().transitionDelay());
    assertEquals(4, err.toString().lines().count(), err.toString());

    assertEquals(0, run("start", "-dbPath", "somewhere"));
    assertEquals(Path.of("somewhere"), started().dataDirectory());
  }

  @ParameterizedTest
  @ValueSource(strings = {"start -help", "start --help", "start -h", "help start", "-help"})
  void helpStartsNothing(String words) {
    assertEquals(0, run(words.split(" ", -1)));
    assertNull(started);
    assertTrue(out.toString().contains("--durability"), out.toString());
  }

  @Test
  void versionIsThatOfTheBuild() {
    assertEquals(0, run("--version"));
    assertTrue(out.toString().matches("(?s)partita \\d.*"), out.toString());
    assertFalse(out.toString().contains("$"), out.toString());
  }

  @Test
  void wrongOptionsAreExitCodeTwoWithALineEach() {
    assertEquals(2, run("start", "--port", "x", "--durability", "y"));
    assertEquals(
        List.of(
            "partita: --port: 'x' is not a port (0 to 65535)",
            "partita: --durability: 'y' is neither sync nor async"),
        err.toString().lines().toList());
    err.getBuffer().setLength(0);
    assertEquals(2, run("start", "--colour", "blue", "--port", "1", "-port=2", "--data"));
    assertEquals(
        List.of(
            "partita: unknown option --colour",
            "partita: unexpected word blue",
            "partita: -port is given twice",
            "partita: --data needs a value: DIR"),
        err.toString().lines().toList());
    assertEquals(2, run("bench", "--rate", "fast"));
    assertEquals(2, run("bench", "--endpoint", "ftp://x"));
    assertNull(started);
  }

  @Test
  void aFlagCanBeTakenBack() {
    String[] arguments = {"start", "--in-memory=false", "--port=8300"};
    assertEquals(0, run(RecordedNode::new, Map.of("PARTITA_IN_MEMORY", "true"), arguments));
    assertEquals(Path.of("partita-data"), started().dataDirectory());
    assertEquals(8300, started().port());
  }

  @Test
  void theEnvironmentConfigures() {
    assertEquals(0, run(RecordedNode::new, Map.of("PARTITA_PORT", "8200"), "start"));
    assertEquals(8200, started().port());
  }

  @Test
  void whyItCannotStartIsOneLine() {
    NodeStarter portInUse =
        configuration -> {
          IOException cause = new BindException("bind(..) failed: Address already in use");
          throw new IOException("Cannot listen", cause);
        };
    assertEquals(1, run(portInUse, Map.of(), "start"));
    assertEquals(
        "partita: 127.0.0.1:8000 is in use by another program; choose another port with --port\n",
        err.toString());
    err.getBuffer().setLength(0);
    NodeStarter locked =
        configuration -> {
          throw new DataDirectoryException("directory d is in use by process 7", null);
        };
    assertEquals(1, run(locked, Map.of(), "start"));
    assertEquals("partita: directory d is in use by process 7\n", err.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "triggers --url http://x/",
        "triggers --table t --stream arn:aws:dynamodb:us-east-1:0:table/t/stream/1 --url http://x/",
        "triggers --stream t --url http://x/",
        "triggers --table t",
        "triggers --table t --url http://x/ cat",
        "triggers --table t --url ftp://x/",
        "triggers --table t --url http://x/ --header x",
        "triggers --table t --batch-size 0 cat",
        "triggers --table t --batch-window 301 cat",
        "triggers --table t --retries -2 cat",
        "triggers --table t --max-record-age 0 cat",
        "triggers --table t --event UPSERT cat",
        "triggers --table t --start NOW cat",
        "triggers --table t --endpoint x cat"
      })
  void wrongOptionsOfTriggersAreExitCodeTwo(String words) {
    assertEquals(2, run(words.split(" ", -1)), words);
    assertEquals("", out.toString());
  }

  @Test
  void triggersStopsWhenItIsTold() {
    String words =
        "triggers --endpoint http://127.0.0.1:1 --table t --start latest --event insert,REMOVE"
            + " --max-record-age 60 --retries 3 --bisect-on-error sh -c true --unknown";
    assertEquals(0, run(words.split(" ", -1)), err.toString());
    assertEquals(
        "partita triggers: stopped: 0 records delivered in 0 batches, 0 retries,"
            + " 0 records given up\n",
        err.toString());
  }

  @Test
  void benchSaysInOneLineThatNobodyListens() {
    assertEquals(1, run("bench", "--endpoint", "http://127.0.0.1:1", "--duration", "0.1"));
    assertEquals(1, err.toString().lines().count(), err.toString());
    assertTrue(err.toString().contains("http://127.0.0.1:1"), err.toString());
  }
}
