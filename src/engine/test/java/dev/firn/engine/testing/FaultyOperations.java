package dev.firn.engine.testing;

import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.LocationProvider;

/** A catalog whose responses get lost. */
public final class FaultyOperations implements TableOperations {

  private final TableOperations real;
  private Runnable before = FaultyOperations::nothing;
  private Runnable after = FaultyOperations::nothing;
  private Runnable beforePublication = FaultyOperations::nothing;
  private Runnable afterPublication = FaultyOperations::nothing;
  private Runnable beforeRefresh = FaultyOperations::nothing;

  public FaultyOperations(TableOperations real) {
    this.real = real;
  }

  public void answerIsLostAfterTheNextCommit() {
    after = FaultyOperations::lose;
  }

  public void answerIsLostBeforeTheNextCommit() {
    before = FaultyOperations::lose;
  }

  /** Makes another writer commit just before the next commit. */
  public void beforeTheNextCommit(Runnable other) {
    before = other;
  }

  public void nextCommitConflicts() {
    before =
        () -> {
          throw new CommitFailedException("a conflict");
        };
  }

  /** Runs an action just before the next commit that moves the main branch. */
  public FaultyOperations beforePublication(Runnable fault) {
    beforePublication = fault;
    return this;
  }

  /** Runs an action after a commit that moves the main branch. */
  public FaultyOperations afterPublication(Runnable fault) {
    afterPublication = fault;
    return this;
  }

  public FaultyOperations beforeEachLookUp(Runnable fault) {
    beforeRefresh = fault;
    return this;
  }

  private static void nothing() {}

  private static boolean movesMain(TableMetadata base, TableMetadata metadata) {
    return base != null
        && base.currentSnapshot() != null
        && base.currentSnapshot().snapshotId() != metadata.currentSnapshot().snapshotId();
  }

  private static void lose() {
    throw new CommitStateUnknownException(new IllegalStateException("the answer was lost"));
  }

  @Override
  public void commit(TableMetadata base, TableMetadata metadata) {
    Runnable fault = before;
    before = FaultyOperations::nothing;
    fault.run();
    if (movesMain(base, metadata)) {
      beforePublication.run();
      real.commit(base, metadata);
      afterPublication.run();
    } else {
      real.commit(base, metadata);
    }
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
    beforeRefresh.run();
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
