package dev.partita.cli;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The words after {@code partita start}, read by hand: picocli would take a quarter of the server's
 * start, as the JVM cannot keep its old class files in the ahead-of-time cache.
 *
 * @param values the options that were given; a flag has the value {@code true}
 */
record StartArguments(Map<StartOption, String> values) {

  /**
   * Reads {@code --port 8000}, {@code --port=8000}, {@code -port 8000} and flags.
   *
   * @throws ConfigurationException with a line for each word that is wrong
   */
  static StartArguments parse(List<String> words) throws ConfigurationException {
    Map<StartOption, String> values = new EnumMap<>(StartOption.class);
    List<String> errors = new ArrayList<>();
    int next = 0;
    while (next < words.size()) {
      String word = words.get(next++);
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      StartOption option = StartOption.named(name).orElse(null);
      String value = equals < 0 ? "true" : word.substring(equals + 1);
      if (option == null) {
        errors.add((name.startsWith("-") ? "unknown option " : "unexpected word ") + name);
        continue;
      }
      if (option.takesValue() && equals < 0) {
        if (next == words.size()) {
          errors.add(name + " needs a value: " + option.valueLabel());
          continue;
        }
        value = words.get(next++);
      }
      if (values.put(option, value) != null) {
        errors.add(name + " is given twice");
      }
    }
    if (!errors.isEmpty()) {
      throw new ConfigurationException(errors);
    }
    return new StartArguments(values);
  }

  boolean has(StartOption option) {
    return values.containsKey(option);
  }

  /** The values of those options that are settings. */
  Map<Setting, String> settings() {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    values.forEach(
        (option, value) -> option.setting().ifPresent(setting -> settings.put(setting, value)));
    return settings;
  }
}
