package dev.firn.engine.ingest;

import dev.firn.engine.row.ChangeBlock;
import java.util.Objects;

/** The changes that one task has read, folded within that task. */
public record ReadChanges(ChangeBlock block) implements Gathered {

  public ReadChanges {
    Objects.requireNonNull(block, "block");
  }
}
