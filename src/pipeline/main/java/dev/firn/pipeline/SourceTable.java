package dev.firn.pipeline;

import dev.firn.contract.TableToken;
import java.util.Objects;

/** A table of the source, and its token in all later stages. */
public record SourceTable(QualifiedName name, TableToken token) {

  public SourceTable {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(token, "token");
  }
}
