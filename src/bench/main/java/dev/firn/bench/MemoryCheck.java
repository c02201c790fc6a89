package dev.firn.bench;

/**
 * Memory of the producer in one situation.
 *
 * @param options of the Java machine
 * @param resident bytes, as the kernel counts them
 * @param heap bytes in use at the highest; 0 where it was not watched
 */
public record MemoryCheck(String situation, String options, long resident, long heap) {}
