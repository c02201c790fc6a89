package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import java.util.Optional;

/**
 * A captured table as the catalog has it now.
 *
 * @param name that it has; empty when it was dropped
 * @param replaced another table has the name that it was captured by
 */
public record SeenTable(Optional<QualifiedName> name, boolean replaced, TableTraits traits) {}
