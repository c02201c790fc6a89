package dev.firn.bench.server;

/**
 * The resources that a process used.
 *
 * @param wallSeconds from its start to its end
 * @param cpuSeconds of the process, at the last measurement
 * @param serverSeconds CPU of all of PostgreSQL's processes in that time
 * @param peakResident peak bytes of memory, as the kernel counts them (VmHWM)
 */
public record Usage(
    double wallSeconds, double cpuSeconds, double serverSeconds, long peakResident) {}
