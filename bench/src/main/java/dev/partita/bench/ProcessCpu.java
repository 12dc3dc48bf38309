package dev.partita.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this process over all its threads, compiler and garbage collector included. */
final class ProcessCpu {
  private final OperatingSystemMXBean bean =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  double seconds() {
    return bean.getProcessCpuTime() / 1e9;
  }
}
