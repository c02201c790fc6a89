package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import java.util.Optional;

/**
 * A captured table as the catalog shows it now.
 *
 * @param name its current name; empty if it was dropped
 * @param replaced whether another table has the name that it was captured by
 */
public record SeenTable(Optional<QualifiedName> name, boolean replaced, TableTraits traits) {}
