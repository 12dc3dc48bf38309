package dev.partita.triggers;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A consumer in a JVM of its own, so that it can be killed: endpoint, checkpoint, shell script. */
final class ConsumerProcess {
  private ConsumerProcess() {}

  public static void main(String[] arguments) throws Exception {
    TriggerSettings settings =
        new TriggerSettings(
            new TriggerSettings.Source(
                URI.create(arguments[0]),
                "us-east-1",
                Optional.empty(),
                new TriggerSettings.StreamName.OfTable(FakeStreams.TABLE),
                TriggerSettings.Start.TRIM_HORIZON),
            Path.of(arguments[1]),
            TriggerSettings.Batching.DEFAULT,
            TriggerSettings.Failures.DEFAULT,
            new TriggerSettings.Pace(
                Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofSeconds(5)));
    CommandTarget target =
        new CommandTarget(List.of("sh", "-c", arguments[2]), false, System.out, System.err);
    new TriggerConsumer(settings, target).run();
  }
}
