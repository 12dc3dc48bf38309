package dev.partita.cli;

import dev.partita.server.NodeConfiguration;
import dev.partita.storage.Durability;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Merges options, environment variables, a properties file and defaults, in this order of
 * precedence, and finds every error before it gives up.
 */
final class ConfigurationReader {
  private final Map<Setting, String> options;
  private final Map<String, String> environment;
  private final Optional<Path> file;
  private final Duration transitionDelay;
  private final List<String> errors = new ArrayList<>();

  /** Where a value came from; a higher one wins. */
  private enum Source {
    DEFAULT,
    FILE,
    ENVIRONMENT,
    OPTION
  }

  /**
   * A value as text.
   *
   * @param name how the user called it, for messages
   */
  private record Value(Source source, String name, String text) {}

  /**
   * Prepares a reading.
   *
   * @param options what the command line says
   * @param transitionDelay how long tables stay CREATING, UPDATING and DELETING
   */
  ConfigurationReader(
      Map<Setting, String> options,
      Map<String, String> environment,
      Optional<Path> file,
      Duration transitionDelay) {
    this.options = options;
    this.environment = environment;
    this.file = file;
    this.transitionDelay = transitionDelay;
  }

  /**
   * The configuration.
   *
   * @throws ConfigurationException with every error that was found
   */
  NodeConfiguration read() throws ConfigurationException {
    Properties properties = readFile();
    Map<Setting, Value> values = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      values.put(setting, choose(setting, properties));
    }
    String host = host(value(values, Setting.HOST));
    int port = port(value(values, Setting.PORT));
    Optional<Path> data = data(value(values, Setting.DATA), value(values, Setting.IN_MEMORY));
    Durability durability = durability(value(values, Setting.DURABILITY));
    String region = region(value(values, Setting.REGION));
    OptionalInt groups = replicationGroups(value(values, Setting.REPLICATION_GROUPS));
    Duration timeToLiveInterval = seconds(value(values, Setting.TIME_TO_LIVE_INTERVAL));
    boolean testControls = bool(value(values, Setting.TEST_CONTROLS));
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors);
    }
    NodeConfiguration.Builder builder =
        NodeConfiguration.builder()
            .host(host)
            .port(port)
            .dataDirectory(data.orElse(null))
            .durability(durability)
            .region(region)
            .testControls(testControls)
            .transitionDelay(transitionDelay)
            .timeToLiveInterval(timeToLiveInterval);
    groups.ifPresent(builder::replicationGroups);
    return builder.build();
  }

  private static Value value(Map<Setting, Value> values, Setting setting) {
    Value value = values.get(setting);
    if (value == null) {
      throw new IllegalStateException("no value for " + setting);
    }
    return value;
  }

  private Properties readFile() {
    Properties properties = new Properties();
    if (file.isEmpty()) {
      return properties;
    }
    Path path = file.get();
    try (Reader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      errors.add("--config: " + path + " does not exist");
    } catch (IOException | IllegalArgumentException e) {
      errors.add("--config: " + path + " cannot be read: " + e.getMessage());
    }
    List<String> known = Arrays.stream(Setting.values()).map(Setting::fileKey).toList();
    for (String key : new TreeSet<>(properties.stringPropertyNames())) {
      if (!known.contains(key)) {
        errors.add(path + ": unknown key " + key + "; known are " + String.join(", ", known));
      }
    }
    return properties;
  }

  private Value choose(Setting setting, Properties properties) {
    String option = options.get(setting);
    if (option != null) {
      return new Value(Source.OPTION, setting.option(), option.strip());
    }
    String variable = environment.get(setting.environmentVariable());
    if (variable != null) {
      return new Value(Source.ENVIRONMENT, setting.environmentVariable(), variable.strip());
    }
    @Nullable String property = properties.getProperty(setting.fileKey());
    if (property != null && file.isPresent()) {
      return new Value(Source.FILE, file.get() + ": " + setting.fileKey(), property.strip());
    }
    return new Value(Source.DEFAULT, setting.option(), setting.defaultValue());
  }

  private String host(Value value) {
    if (value.text.isEmpty() || value.text.chars().anyMatch(Character::isWhitespace)) {
      wrong(value, "is not an address or a host name");
    }
    return value.text;
  }

  private int port(Value value) {
    try {
      int port = Integer.parseInt(value.text);
      if (port >= 0 && port <= 65_535) {
        return port;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    wrong(value, "is not a port (0 to 65535)");
    return 0;
  }

  /** Of a data directory and in-memory, the one from the higher source counts. */
  private Optional<Path> data(Value data, Value inMemory) {
    boolean memory = bool(inMemory);
    boolean bothSaid = memory && data.source != Source.DEFAULT;
    if (bothSaid && data.source == inMemory.source) {
      errors.add(data.name + " and " + inMemory.name + " exclude each other");
    }
    if (memory && data.source.compareTo(inMemory.source) <= 0) {
      return Optional.empty();
    }
    try {
      if (!data.text.isEmpty()) {
        return Optional.of(Path.of(data.text));
      }
    } catch (InvalidPathException e) {
      // Said below.
    }
    wrong(data, "is not a directory name");
    return Optional.empty();
  }

  private boolean bool(Value value) {
    return switch (value.text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> {
        wrong(value, "is neither true nor false");
        yield false;
      }
    };
  }

  private Durability durability(Value value) {
    return switch (value.text.toLowerCase(Locale.ROOT)) {
      case "sync" -> Durability.SYNC;
      case "async" -> Durability.ASYNC;
      default -> {
        wrong(value, "is neither sync nor async");
        yield Durability.SYNC;
      }
    };
  }

  private String region(Value value) {
    if (!value.text.matches("[a-z0-9-]{1,64}")) {
      wrong(value, "is not a region (lower-case letters, digits and -)");
    }
    return value.text;
  }

  /** Empty where the server is to choose. */
  private OptionalInt replicationGroups(Value value) {
    if (value.text.equalsIgnoreCase("auto")) {
      return OptionalInt.empty();
    }
    if (!value.text.matches("[1-8]")) {
      wrong(value, "is not a number of replication groups (1 to 8, or auto)");
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(value.text));
  }

  private Duration seconds(Value value) {
    if (!value.text.matches("[0-9]{1,9}")) {
      wrong(value, "is not a number of seconds");
      return Duration.ZERO;
    }
    return Duration.ofSeconds(Long.parseLong(value.text));
  }

  private void wrong(Value value, String what) {
    errors.add(value.name + ": '" + value.text + "' " + what);
  }
}
