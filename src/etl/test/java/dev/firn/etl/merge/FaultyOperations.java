package dev.firn.etl.merge;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog whose answers get lost on the way. */
final class FaultyOperations implements TableOperations {

  private final TableOperations real;
  private Runnable before = FaultyOperations::nothing;
  private Runnable after = FaultyOperations::nothing;

  FaultyOperations(TableOperations real) {
    this.real = real;
  }

  void answerIsLostAfterTheNextCommit() {
    after = FaultyOperations::lose;
  }

  void answerIsLostBeforeTheNextCommit() {
    before = FaultyOperations::lose;
  }

  /** Lets another writer have its way just before the next commit. */
  void beforeTheNextCommit(Runnable other) {
    before = other;
  }

  void nextCommitConflicts() {
    before =
        () -> {
          throw new CommitFailedException("a conflict");
        };
  }

  private static void nothing() {}

  private static void lose() {
    throw new CommitStateUnknownException(new IllegalStateException("the answer was lost"));
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    Runnable fault = before;
    before = FaultyOperations::nothing;
    fault.run();
    real.commit(base, metadata);
    Runnable late = after;
    after = FaultyOperations::nothing;
    late.run();
  }

  @Override
  public TableMetadata current() {
    return real.current();
  }

  @Override
  public TableMetadata refresh() {
    return real.refresh();
  }

  @Override
  public FileIO io() {
    return real.io();
  }

  @Override
  public String metadataFileLocation(String fileName) {
    return real.metadataFileLocation(fileName);
  }

  @Override
  public LocationProvider locationProvider() {
    return real.locationProvider();
  }
}
