package dev.firn.delivery.record;

/** Where a record is written. */
public sealed interface Route {

  /**
   * @param path below the root of the raw zone: the table and the hour
   */
  record Folder(String path) implements Route {}

  /** The record cannot be partitioned, and goes to the error prefix. */
  record Refused(Refusal refusal) implements Route {}
}
