package dev.partita.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server started with {@code partita start} in a JVM of its own, on a free port of 127.0.0.1. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration STOP_MAX = Duration.ofSeconds(30);
  private static final String READY = "ready ";

  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<URI> ready = new CompletableFuture<>();
  private final List<Thread> readers;

  private ServerProcess(Process process) {
    this.process = process;
    this.readers =
        List.of(read(process.getInputStream(), "out"), read(process.getErrorStream(), "err"));
  }

  /** Starts a server and waits until it says that it is ready. */
  public static ServerProcess start(Path dataDirectory, String... options) {
    return start(dataDirectory, Map.of(), options);
  }

  /** As above, with {@code environment} added to the server's. */
  public static ServerProcess start(
      Path dataDirectory, Map<String, String> environment, String... options) {
    ServerProcess server = launch(dataDirectory, environment, options);
    try {
      server.ready.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
      return server;
    } catch (ExecutionException | TimeoutException failed) {
      server.close();
      throw new IllegalStateException("no server: " + server.output(), failed);
    } catch (InterruptedException interrupted) {
      server.close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Starts a server that may well refuse to start. */
  public static ServerProcess launch(Path dataDirectory, String... options) {
    return launch(dataDirectory, Map.of(), options);
  }

  private static ServerProcess launch(
      Path dataDirectory, Map<String, String> environment, String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx512m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:+ExitOnOutOfMemoryError",
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.partita.cli.PartitaCommand",
            "start",
            "--port",
            "0"));
    command.addAll(List.of(options));
    if (!command.contains("--in-memory")) {
      command.addAll(List.of("--data", dataDirectory.toString()));
    }
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.directory(dataDirectory.resolve("..").normalize().toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PARTITA_"));
    builder.environment().putAll(environment);
    try {
      return new ServerProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Thread read(InputStream stream, String name) {
    return Thread.ofPlatform()
        .daemon()
        .name("server-" + process.pid() + "-" + name)
        .start(() -> {
          try (BufferedReader lines =
              new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              output.add(line);
              if (line.startsWith(READY)) {
                ready.complete(URI.create(line.substring(READY.length())));
              }
            }
          } catch (IOException closed) {
            output.add("(stream closed: " + closed.getMessage() + ")");
          }
          ready.completeExceptionally(new IOException("it ended"));
        });
  }

  /** Waits until it is ready, true, or has ended, false. */
  public boolean awaitReady() {
    try {
      ready.get(START_MAX.toSeconds(), TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException ended) {
      return false;
    } catch (TimeoutException late) {
      throw new IllegalStateException("neither ready nor ended: " + output(), late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Where it listens. */
  public URI address() {
    return ready.resultNow();
  }

  /** All lines so far, of both streams. */
  public List<String> output() {
    synchronized (output) {
      return List.copyOf(output);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Resident memory in bytes; empty where the system has no /proc. */
  public Optional<Long> residentBytes() throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    if (!Files.exists(status)) {
      return Optional.empty();
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
        .findFirst();
  }

  /** SIGKILL. */
  public void kill() {
    process.destroyForcibly();
    awaitExit();
  }

  /** SIGTERM; the exit code. */
  public int terminate() {
    // Process.destroy closes the streams as well, and with them goes what it says at the end.
    process.toHandle().destroy();
    return awaitExit();
  }

  /** Waits for its end; the exit code. */
  public int awaitExit() {
    try {
      if (!process.waitFor(STOP_MAX.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("did not end in time: " + output());
      }
      for (Thread reader : readers) {
        reader.join(STOP_MAX);
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
