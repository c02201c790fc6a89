package dev.firn.cdc.source;

/**
 * The result of IDENTIFY_SYSTEM.
 *
 * @param system number of the cluster: the same on its standbys, different after a logical restore
 * @param timeline grows with each promotion
 */
public record SystemIdentity(String system, int timeline, String database) {}
