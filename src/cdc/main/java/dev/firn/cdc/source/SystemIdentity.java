package dev.firn.cdc.source;

/**
 * What IDENTIFY_SYSTEM answers.
 *
 * @param system number of the cluster, the same on its standbys, another after a logical restore
 * @param timeline grows with each promotion
 */
public record SystemIdentity(String system, int timeline, String database) {}
