package dev.firn.cdc.pgoutput;

/**
 * A column as the Relation message describes it.
 *
 * @param inIdentity whether it belongs to the replica identity; with REPLICA IDENTITY FULL every
 *     column does
 * @param typeModifier {@code pg_attribute.atttypmod}; -1 for none
 */
public record RelationColumn(String name, long typeOid, int typeModifier, boolean inIdentity) {}
