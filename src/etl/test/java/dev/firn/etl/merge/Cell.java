package dev.firn.etl.merge;

/**
 * A value of a source row.
 *
 * @param wire as an event carries it
 * @param text as {@link LakeText} has to show what the lake holds of it
 */
record Cell(Object wire, String text) {

  static final Cell NULL = new Cell(null, LakeText.NULL);
}
