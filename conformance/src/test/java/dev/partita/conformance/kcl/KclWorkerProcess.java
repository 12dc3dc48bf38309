package dev.partita.conformance.kcl;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link KclWorker} in a JVM of its own, so that it can be killed. */
final class KclWorkerProcess implements AutoCloseable {
  private static final long END_SECONDS_MAX = 60;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  private KclWorkerProcess(Process process) {
    this.process = process;
    this.reader = Thread.ofPlatform().daemon().name("kcl-" + process.pid()).start(this::read);
  }

  static KclWorkerProcess start(
      URI endpoint, String streamArn, String application, String worker, Path log) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-cp",
            System.getProperty("java.class.path"),
            KclWorker.class.getName(),
            endpoint.toString(),
            streamArn,
            application,
            worker);
    builder.redirectError(log.toFile());
    try {
      return new KclWorkerProcess(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void read() {
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        synchronized (lines) {
          lines.add(line);
        }
      }
    } catch (IOException closed) {
      synchronized (lines) {
        lines.add("(output closed: " + closed.getMessage() + ")");
      }
    }
  }

  /** What it has printed so far that begins with this word. */
  List<String> lines(String word) {
    synchronized (lines) {
      return lines.stream().filter(line -> line.startsWith(word + " ")).toList();
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** SIGKILL. All that it has printed is there when this returns. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Lets it end as it should; the exit code. */
  int stop() throws IOException, InterruptedException {
    process.getOutputStream().close();
    return awaitEnd();
  }

  private int awaitEnd() throws InterruptedException {
    if (!process.waitFor(END_SECONDS_MAX, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the worker does not end");
    }
    reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS_MAX));
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
