package dev.partita.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A client that shares no code with the server: a socket and a small parser of responses. */
final class WireClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket = new Socket();
  private final InputStream input;

  WireClient(InetSocketAddress address) throws IOException {
    this(address, 0);
  }

  /** With a receive buffer of so many bytes, 0 for the system's choice. */
  WireClient(InetSocketAddress address, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(address, TIMEOUT_MILLIS);
    input = new BufferedInputStream(socket.getInputStream());
  }

  /** One response as it came. Header names are in lower case. */
  record Response(int status, Map<String, List<String>> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }

    /** The only value of a header, or null. */
    @Nullable String header(String name) {
      List<String> values = headers.get(name.toLowerCase(Locale.ROOT));
      if (values == null) {
        return null;
      }
      if (values.size() != 1) {
        throw new AssertionError(name + " " + values);
      }
      return values.getFirst();
    }
  }

  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** A POST with a body. */
  void post(String path, String headers, byte[] body) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        ("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + headers)
            .getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(
        ("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
    request.writeBytes(body);
    send(request.toByteArray());
  }

  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  Response read() throws IOException {
    return read(true);
  }

  /** Reads one response; a 1xx has no body, nor has one to HEAD. */
  Response read(boolean withBody) throws IOException {
    String statusLine = line();
    if (!statusLine.startsWith("HTTP/1.1 ")) {
      throw new AssertionError("Not a status line: " + statusLine);
    }
    int status = Integer.parseInt(statusLine.substring(9, 12));
    Map<String, List<String>> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(": ");
      if (colon <= 0) {
        throw new AssertionError("Not a header: " + line);
      }
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), k -> new ArrayList<>())
          .add(line.substring(colon + 2));
    }
    byte[] body = {};
    if (withBody && status >= 200) {
      int length =
          Integer.parseInt(headers.getOrDefault("content-length", List.of("-1")).getFirst());
      body = input.readNBytes(length);
      if (body.length < length) {
        throw new EOFException("body");
      }
    }
    return new Response(status, headers, body);
  }

  /** Whether the server has ended the connection, with nothing more to read. */
  boolean isEnded() throws IOException {
    try {
      return input.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Reads and throws away all that comes until the server ends the connection. */
  long drain() throws IOException {
    long count = 0;
    byte[] buffer = new byte[64 << 10];
    for (int read = input.read(buffer); read >= 0; read = input.read(buffer)) {
      count += read;
    }
    return count;
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    while (true) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException("line: " + line);
      }
      if (next == '\r') {
        if (input.read() != '\n') {
          throw new AssertionError("CR without LF");
        }
        return line.toString();
      }
      line.append((char) next);
    }
  }

  /** Closes early what a try statement closes anyway. */
  void disconnect() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
