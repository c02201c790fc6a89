package dev.firn.bench.merge.worker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Wall and CPU time of this process since it was started. */
final class Stopwatch {

  private static final double SECOND = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long cpu = SYSTEM.getProcessCpuTime();
  private final long wall = System.nanoTime();

  double seconds() {
    return (System.nanoTime() - wall) / SECOND;
  }

  double cpuSeconds() {
    return (SYSTEM.getProcessCpuTime() - cpu) / SECOND;
  }
}
