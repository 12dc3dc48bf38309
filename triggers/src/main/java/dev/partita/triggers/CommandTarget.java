package dev.partita.triggers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Starts a command for each batch, with the event that a Lambda function receives on its standard
 * input. Exit code 0 is success. What the command prints is passed on as it comes; if it fails, the
 * end of that is the cause of the failure.
 */
public final class CommandTarget implements TriggerHandler {
  private static final int ANSWER_BYTES_MAX = 1 << 20;
  private static final int EXCERPT_BYTES = 1000;
  private static final Duration OUTPUT_END_MAX = Duration.ofSeconds(2);
  private static final Duration TERMINATION_MAX = Duration.ofSeconds(2);

  private final List<String> command;
  private final boolean reportsItemFailures;
  private final OutputStream out;
  private final OutputStream err;

  /**
   * Starts {@code command}, which is the program and its arguments; no shell is involved.
   *
   * @param reportsItemFailures whether the command's standard output is not passed on, but says
   *     which records have failed: {@code {"batchItemFailures":[{"itemIdentifier":"SEQUENCE
   *     NUMBER"}]}}
   * @param out where its standard output goes
   * @param err where its standard error goes
   */
  public CommandTarget(
      List<String> command, boolean reportsItemFailures, OutputStream out, OutputStream err) {
    if (command.isEmpty()) {
      throw new IllegalArgumentException("the command is empty");
    }
    this.command = List.copyOf(command);
    this.reportsItemFailures = reportsItemFailures;
    this.out = out;
    this.err = err;
  }

  @Override
  public DeliveryOutcome handle(StreamBatch batch) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    Output output = new Output();
    try {
      byte[] event = batch.eventJson();
      thread("input", () -> feed(process, event));
      Thread printed = thread("out", () -> drain(process.getInputStream(), output, true));
      Thread complained = thread("err", () -> drain(process.getErrorStream(), output, false));
      int exitCode = process.waitFor();
      // A child that the command left behind may keep its output open; it is not waited for.
      printed.join(OUTPUT_END_MAX);
      complained.join(OUTPUT_END_MAX);
      return outcome(exitCode, output);
    } finally {
      end(process);
    }
  }

  private DeliveryOutcome outcome(int exitCode, Output output) {
    synchronized (output) {
      if (exitCode != 0) {
        String printed = (output.printed.text() + "\n" + output.complained.text()).strip();
        return new DeliveryOutcome.Failed(
            "%s ended with %d: %s".formatted(command.getFirst(), exitCode, printed));
      }
      if (!reportsItemFailures) {
        return new DeliveryOutcome.Delivered();
      }
      return output.tooLong
          ? new DeliveryOutcome.Failed("the command's answer is longer than " + ANSWER_BYTES_MAX)
          : BatchItemFailures.read(output.answer.toByteArray());
    }
  }

  /** What one command has printed so far; guarded by itself. */
  private static final class Output {
    private final Excerpt printed = new Excerpt(EXCERPT_BYTES);
    private final Excerpt complained = new Excerpt(EXCERPT_BYTES);
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private boolean tooLong;
  }

  private static Thread thread(String name, Runnable body) {
    return Thread.ofVirtual().name("command-" + name).start(body);
  }

  /** A command need not read its input. */
  private static void feed(Process process, byte[] event) {
    try (OutputStream input = process.getOutputStream()) {
      input.write(event);
    } catch (IOException ended) {
      return;
    }
  }

  private void drain(InputStream stream, Output output, boolean standard) {
    byte[] buffer = new byte[8192];
    boolean isAnswer = standard && reportsItemFailures;
    try {
      for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
        synchronized (output) {
          (standard ? output.printed : output.complained).add(buffer, count);
          if (isAnswer) {
            output.tooLong |= output.answer.size() + count > ANSWER_BYTES_MAX;
            if (!output.tooLong) {
              output.answer.write(buffer, 0, count);
            }
          }
        }
        if (!isAnswer) {
          OutputStream target = standard ? out : err;
          synchronized (target) {
            target.write(buffer, 0, count);
            target.flush();
          }
        }
      }
    } catch (IOException closed) {
      return;
    }
  }

  /**
   * Ends the command and what it started, if they still run, and closes what it printed. Its input
   * is closed by who writes it; to close it here could block.
   */
  private static void end(Process process) {
    if (process.isAlive()) {
      List<ProcessHandle> children = process.descendants().toList();
      process.destroy();
      children.forEach(ProcessHandle::destroy);
      boolean interrupted = Thread.interrupted();
      try {
        if (!process.waitFor(TERMINATION_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
          process.destroyForcibly();
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        interrupted = true;
      }
      children.forEach(ProcessHandle::destroyForcibly);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    close(process.getInputStream());
    close(process.getErrorStream());
  }

  private static void close(AutoCloseable stream) {
    try {
      stream.close();
    } catch (Exception alreadyClosed) {
      return;
    }
  }
}
