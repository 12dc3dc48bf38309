package dev.partita.bench.ceiling;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bare server in a JVM of its own, so that it shares nothing with the generator but the box.
 */
final class CeilingProcess implements AutoCloseable {
  private final Path directory;
  private final Process process;
  private final URI endpoint;

  /**
   * Starts it.
   *
   * @param directory for its data; must not exist, and is removed by {@link #close}
   */
  CeilingProcess(Path directory) throws IOException {
    if (Files.exists(directory)) {
      throw new IOException(directory + " exists; the bare server wants a directory of its own");
    }
    this.directory = Files.createDirectories(directory.toAbsolutePath());
    this.process =
        new ProcessBuilder(command(this.directory))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String line;
    try {
      BufferedReader output =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      line = output.readLine();
    } catch (IOException e) {
      close();
      throw e;
    }
    if (line == null || !line.startsWith(CeilingServer.READY)) {
      close();
      throw new IOException("the bare server did not start");
    }
    this.endpoint =
        URI.create("http://127.0.0.1:" + line.substring(CeilingServer.READY.length()).strip());
  }

  private static List<String> command(Path directory) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+UseParallelGC");
    command.add("-Xmx512m");
    String libraryPath = System.getProperty("java.library.path", "");
    if (!libraryPath.isEmpty()) {
      command.add("-Djava.library.path=" + libraryPath);
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(CeilingServer.class.getName());
    command.add(directory.toString());
    return command;
  }

  URI endpoint() {
    return endpoint;
  }

  /** Stops the server and removes its data. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    removeData();
  }

  private void removeData() throws IOException {
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
