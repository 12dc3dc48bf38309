package dev.partita.cli;

import dev.partita.server.NodeConfiguration;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code partita train DIR}: what the JVM watches to make its ahead-of-time cache. Starts a server
 * as a user would, sends it requests as an SDK would, stops it. Called by {@code bin/partita-train}.
 */
@Command(name = "train", hidden = true, description = "Runs what the ahead-of-time cache is for.")
final class TrainingCommand implements Callable<Integer> {
  private static final int ROUNDS = 150;

  private final NodeStarter starter;
  private final CompletableFuture<InetSocketAddress> address = new CompletableFuture<>();
  private Optional<Exception> failure = Optional.empty();

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "DIR", description = "For data; must be empty.")
  private Path directory = Path.of("");

  TrainingCommand(NodeStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() {
    CommandSpec command = spec;
    if (command == null) {
      throw new IllegalStateException("not parsed");
    }
    PrintWriter err = command.commandLine().getErr();
    PartitaCommand start = new PartitaCommand(this::started, Map.of(), this::stopAfterRequests);
    String[] arguments = {"start", "--port", "0", "--data", directory.toString()};
    int exitCode = start.run(arguments, new PrintWriter(Writer.nullWriter()), err);
    failure.ifPresent(exception -> err.println("partita train: " + exception));
    return failure.isPresent() ? 1 : exitCode;
  }

  private NodeStarter.RunningNode started(NodeConfiguration configuration)
      throws IOException {
    NodeStarter.RunningNode node = starter.start(configuration);
    address.complete(node.address());
    return node;
  }

  private void stopAfterRequests(Runnable stop) {
    Thread.ofPlatform()
        .name("training")
        .start(
            () -> {
              try (Socket socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.connect(address.join());
                sendAll(socket);
              } catch (IOException e) {
                failure = Optional.of(e);
              } finally {
                stop.run();
              }
            });
  }

  private static void sendAll(Socket socket) throws IOException {
    String table = "{\"TableName\":\"training\"";
    send(
        socket,
        "CreateTable",
        table
            + ",\"BillingMode\":\"PAY_PER_REQUEST\",\"KeySchema\":["
            + "{\"AttributeName\":\"pk\",\"KeyType\":\"HASH\"},"
            + "{\"AttributeName\":\"sk\",\"KeyType\":\"RANGE\"}],\"AttributeDefinitions\":["
            + "{\"AttributeName\":\"pk\",\"AttributeType\":\"S\"},"
            + "{\"AttributeName\":\"sk\",\"AttributeType\":\"S\"}]}");
    send(socket, "DescribeTable", table + "}");
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, String> request : requests(table, round)) {
        send(socket, request.getKey(), request.getValue());
      }
    }
    send(socket, "ListTables", "{}");
    send(socket, "DeleteTable", table + "}");
  }

  private static List<Map.Entry<String, String>> requests(String table, int round) {
    String key = "{\"pk\":{\"S\":\"p\"},\"sk\":{\"S\":\"" + (1000 + round) + "\"}}";
    String item = key.substring(0, key.length() - 1) + ",\"n\":{\"N\":\"" + round + "\"},";
    item += "\"l\":{\"L\":[{\"BOOL\":true},{\"NULL\":true},{\"M\":{\"s\":{\"SS\":[\"x\",\"y\"]}}}]}}";
    return List.of(
        Map.entry("PutItem", table + ",\"Item\":" + item + "}"),
        Map.entry("GetItem", table + ",\"Key\":" + key + "}"),
        Map.entry(
            "UpdateItem",
            table
                + ",\"Key\":"
                + key
                + ",\"UpdateExpression\":\"SET #n = if_not_exists(#n, :one) + :one\","
                + "\"ConditionExpression\":\"attribute_exists(pk)\",\"ReturnValues\":\"ALL_NEW\","
                + "\"ExpressionAttributeNames\":{\"#n\":\"n\"},"
                + "\"ExpressionAttributeValues\":{\":one\":{\"N\":\"1\"}}}"),
        Map.entry(
            "Query",
            table
                + ",\"KeyConditionExpression\":\"pk = :p AND begins_with(sk, :s)\",\"Limit\":20,"
                + "\"ExpressionAttributeValues\":{\":p\":{\"S\":\"p\"},\":s\":{\"S\":\"10\"}}}"));
  }

  private static void send(Socket socket, String operation, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-amz-json-1.0\r\n"
            + "X-Amz-Date: 20260101T000000Z\r\nUser-Agent: aws-sdk-java/2\r\nAuthorization: "
            + "AWS4-HMAC-SHA256 Credential=partita/20260101/us-east-1/dynamodb/aws4_request, "
            + "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="
            + "0".repeat(64)
            + "\r\nX-Amz-Target: DynamoDB_20120810."
            + operation
            + "\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    OutputStream out = socket.getOutputStream();
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.write(body);
    out.flush();
    String status = readAnswer(socket.getInputStream());
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(operation + " was answered with " + status);
    }
  }

  /** Reads one answer with a Content-Length and returns its status line. */
  private static String readAnswer(InputStream socketInput) throws IOException {
    InputStream in = new BufferedInputStream(socketInput);
    String status = readLine(in);
    int length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    if (in.readNBytes(length).length < length) {
      throw new IOException("the answer ends too early");
    }
    return status;
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the answer ends too early");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }
}
