package dev.firn.bench.server;

/**
 * What a process used in its life.
 *
 * @param wallSeconds from its start to its end
 * @param cpuSeconds of it, as last seen
 * @param serverSeconds CPU of all of PostgreSQL's processes in that time
 * @param peakResident bytes of memory at the highest, as the kernel counts them (VmHWM)
 */
public record Usage(
    double wallSeconds, double cpuSeconds, double serverSeconds, long peakResident) {}
