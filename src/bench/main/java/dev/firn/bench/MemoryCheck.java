package dev.firn.bench;

/**
 * Memory of the producer in one situation.
 *
 * @param options of the JVM
 * @param resident bytes, as the kernel counts them
 * @param heap peak bytes in use; 0 if not measured
 */
public record MemoryCheck(String situation, String options, long resident, long heap) {}
