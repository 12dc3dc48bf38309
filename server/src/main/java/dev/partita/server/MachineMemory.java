package dev.partita.server;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What share of the machine's memory the node takes for its cache. */
final class MachineMemory {
  private static final long CACHE_BYTES_MIN = 64L << 20;
  private static final long CACHE_BYTES_MAX = 8L << 30;
  private static final int CACHE_SHARE = 8;
  private static final Path LINUX = Path.of("/proc/meminfo");
  private static final Path CONTAINER = Path.of("/sys/fs/cgroup/memory.max");
  private static final Pattern LINUX_TOTAL = Pattern.compile("MemTotal:\\s+(\\d{1,15}) kB");
  private static final Pattern CONTAINER_MAX = Pattern.compile("\\A(\\d{1,18})\\s*\\z");

  private MachineMemory() {}

  /** An eighth of the memory of the machine or of its container. */
  static long defaultBlockCacheBytes() {
    long container = number(CONTAINER, CONTAINER_MAX).orElse(Long.MAX_VALUE);
    OptionalLong linuxKilobytes = number(LINUX, LINUX_TOTAL);
    long machine =
        linuxKilobytes.isPresent() ? linuxKilobytes.getAsLong() << 10 : managementTotal();
    return Math.clamp(Math.min(machine, container) / CACHE_SHARE, CACHE_BYTES_MIN, CACHE_BYTES_MAX);
  }

  /** Where there is no /proc; loading the management classes costs tens of milliseconds. */
  private static long managementTotal() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize()
        : 0;
  }

  private static OptionalLong number(Path file, Pattern pattern) {
    try {
      Matcher matcher = pattern.matcher(Files.readString(file));
      return matcher.find()
          ? OptionalLong.of(Long.parseLong(matcher.group(1)))
          : OptionalLong.empty();
    } catch (IOException missing) {
      return OptionalLong.empty();
    }
  }
}
