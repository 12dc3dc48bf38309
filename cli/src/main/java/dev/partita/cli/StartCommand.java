package dev.partita.cli;

import dev.partita.server.NodeConfiguration;
import dev.partita.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine;

/** {@code partita start}: runs a server until it is told to stop. */
final class StartCommand {
  /** What DynamoDB Local's -delayTransientStatuses means here. */
  private static final Duration TRANSITION_DELAY = Duration.ofSeconds(5);

  private final NodeStarter starter;
  private final Map<String, String> environment;
  private final StopSignal stopSignal;
  private final PrintWriter out;
  private final PrintWriter err;

  StartCommand(
      NodeStarter starter,
      Map<String, String> environment,
      StopSignal stopSignal,
      PrintWriter out,
      PrintWriter err) {
    this.starter = starter;
    this.environment = environment;
    this.stopSignal = stopSignal;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs a server until the signal to stop comes.
   *
   * @param words after {@code start}
   * @return the exit code
   */
  int run(List<String> words) {
    NodeConfiguration configuration;
    try {
      StartArguments arguments = StartArguments.parse(words);
      if (arguments.has(StartOption.HELP)) {
        CommandLine usage = new CommandLine(StartUsage.spec());
        usage.setCommandName("partita start");
        usage.usage(out);
        return 0;
      }
      configuration = configuration(arguments);
      arguments.values().keySet().stream()
          .map(StartOption::remark)
          .filter(remark -> !remark.isEmpty())
          .forEach(remark -> err.println("partita: " + remark));
    } catch (ConfigurationException e) {
      e.errors().forEach(line -> err.println("partita: " + line));
      return 2;
    }
    NodeStarter.RunningNode node;
    try {
      node = starter.start(configuration);
    } catch (IOException | StorageException e) {
      err.println("partita: " + explain(e, configuration));
      return 1;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    stopSignal.onStop(() -> {
      node.close();
      stopped.countDown();
    });
    greet(out, node.address(), configuration);
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private NodeConfiguration configuration(StartArguments arguments) throws ConfigurationException {
    Optional<Path> file =
        Optional.ofNullable(arguments.values().get(StartOption.CONFIG))
            .or(() -> Optional.ofNullable(environment.get("PARTITA_CONFIG")))
            .map(Path::of);
    boolean delayed = arguments.has(StartOption.DELAY_TRANSIENT_STATUSES);
    return new ConfigurationReader(
            arguments.settings(), environment, file, delayed ? TRANSITION_DELAY : Duration.ZERO)
        .read();
  }

  /** One line that says what is wrong and, where there is one, the way out. */
  private static String explain(Exception failure, NodeConfiguration configuration) {
    if (failure instanceof StorageException) {
      return String.valueOf(failure.getMessage());
    }
    String address = configuration.host() + ":" + configuration.port();
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage());
    if (message.contains("Address already in use")) {
      return address + " is in use by another program; choose another port with --port";
    }
    return "cannot start on " + address + ": " + message;
  }

  private static void greet(
      PrintWriter out, InetSocketAddress address, NodeConfiguration configuration) {
    String host =
        address.getAddress().isAnyLocalAddress()
            ? "127.0.0.1"
            : address.getAddress().getHostAddress();
    String url = "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host);
    url += ":" + address.getPort();
    Path directory = configuration.dataDirectory();
    out.println(
        "data  "
            + (directory == null
                ? "in memory, lost at the end"
                : directory.toAbsolutePath().normalize()));
    out.println("try   AWS_ACCESS_KEY_ID=partita AWS_SECRET_ACCESS_KEY=partita \\");
    out.println(
        "      aws dynamodb list-tables --endpoint-url "
            + url
            + " --region "
            + configuration.region());
    if (configuration.testControls()) {
      out.println("test  controls are on: who reaches the port can make requests fail");
    }
    out.println("ready " + url);
    out.flush();
  }
}
