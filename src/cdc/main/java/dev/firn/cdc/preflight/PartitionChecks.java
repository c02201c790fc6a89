package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.PartitionCatalog.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A partitioned table is captured as one table: the publication must publish it as one, and each
 * partition must log what the table's replica identity promises. Privileges on single partitions
 * are not needed, and their row level security does not apply: rows are read through the table.
 */
final class PartitionChecks {

  private static final int NAMED_AT_MOST = 10;

  private final Source source;
  private final Optional<Publication> publication;

  private final CapturedTables captured;

  PartitionChecks(Source source, Optional<Publication> publication, CapturedTables captured) {
    this.source = source;
    this.publication = publication;
    this.captured = captured;
  }

  List<Finding> findings(SourceTable table, CatalogTable found) {
    List<Leaf> leaves = source.partitions().leaves(found.oid());
    List<Finding> findings = new ArrayList<>();
    asOne(table, found).ifPresent(findings::add);
    List<Finding> unfit = new ArrayList<>();
    foreign(table, leaves).ifPresent(unfit::add);
    unlogged(table, leaves).ifPresent(unfit::add);
    if (found.identity() == ReplicaIdentity.FULL) {
      oldValues(table, found, leaves).ifPresent(findings::add);
    } else if (found.hasUsableIdentity()) {
      key(table, found, leaves).ifPresent(unfit::add);
    }
    // For a captured table the watch and the stream report the same problem, and the other tables
    // continue.
    boolean isCaptured = captured.contains(table.name(), found.oid());
    unfit.forEach(finding -> findings.add(isCaptured ? finding.asWarning() : finding));
    findings.add(unpublished(table));
    return findings;
  }

  static String publishAsOne(Publication publication) {
    return "ALTER PUBLICATION %s SET (%s);".formatted(publication.sqlName(), Publication.VIA_ROOT);
  }

  /** Sets the replica identity of a partitioned table and of each of its partitions. */
  SqlRemedy identify(SourceTable table, CatalogTable found) {
    List<String> statements = new ArrayList<>(List.of(full(table.name())));
    source.partitions().leaves(found.oid()).stream()
        .filter(PartitionChecks::isOrdinary)
        .map(leaf -> full(leaf.name()))
        .forEach(statements::add);
    return new SqlRemedy(Purpose.IDENTITY, statements);
  }

  static String full(QualifiedName name) {
    return "ALTER TABLE %s REPLICA IDENTITY FULL;".formatted(name);
  }

  private Optional<Finding> asOne(SourceTable table, CatalogTable found) {
    return publication
        .filter(known -> !known.viaRoot() && known.contains(table.name(), found))
        .map(
            known ->
                problem(
                        table,
                        "its changes are published under the names of its partitions: publication "
                            + known.name(),
                        "")
                    .with(SqlRemedy.of(Purpose.VIA_ROOT, publishAsOne(known))));
  }

  private static Optional<Finding> foreign(SourceTable table, List<Leaf> leaves) {
    List<Leaf> foreign = leaves.stream().filter(leaf -> !isOrdinary(leaf)).toList();
    return foreign.isEmpty()
        ? Optional.empty()
        : Optional.of(
            problem(
                table,
                "changes of partitions that are foreign tables are not in this server's log: "
                    + names(foreign),
                "Detach them, or remove the table from source.tables."));
  }

  private static Optional<Finding> unlogged(SourceTable table, List<Leaf> leaves) {
    List<Leaf> unlogged = ordinary(leaves, leaf -> leaf.persistence() != 'p');
    return unlogged.isEmpty()
        ? Optional.empty()
        : Optional.of(
            problem(
                    table,
                    "changes of UNLOGGED partitions are not in the log: " + names(unlogged),
                    "If the table is already captured, copy it again: firn capture --resnapshot "
                        + table.token()
                        + ".")
                .with(
                    new SqlRemedy(
                        Purpose.LOGGED,
                        unlogged.stream()
                            .map(leaf -> "ALTER TABLE %s SET LOGGED;".formatted(leaf.name()))
                            .toList())));
  }

  // Deletes would come without the key.
  private static Optional<Finding> key(SourceTable table, CatalogTable found, List<Leaf> leaves) {
    List<Leaf> others = ordinary(leaves, leaf -> !leaf.logsKey(found.key()));
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            problem(
                    table,
                    "the replica identity of these partitions does not include its key %s: %s"
                        .formatted(found.key(), names(others)),
                    "")
                .with(identify(others, found)));
  }

  // PostgreSQL sends an old row with all columns of the table; those that the partition does not
  // log are null. Capture then ignores all old values, and needs none for a table with a key.
  private static Optional<Finding> oldValues(
      SourceTable table, CatalogTable found, List<Leaf> leaves) {
    List<Leaf> others = ordinary(leaves, leaf -> !leaf.logsAll());
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                    ("events of %s have no old values, because partitions do not have its replica"
                            + " identity FULL; on partitions without a replica identity the"
                            + " application's UPDATE and DELETE fail: %s")
                        .formatted(table.name(), names(others)),
                    "")
                .with(identify(others, found)));
  }

  private static List<Leaf> ordinary(List<Leaf> leaves, Predicate<Leaf> which) {
    return leaves.stream().filter(PartitionChecks::isOrdinary).filter(which).toList();
  }

  private static SqlRemedy identify(List<Leaf> leaves, CatalogTable table) {
    return new SqlRemedy(
        Purpose.PARTITION_IDENTITY,
        leaves.stream().map(leaf -> identify(leaf, table.identity())).toList());
  }

  private static String identify(Leaf leaf, ReplicaIdentity identity) {
    String wanted =
        identity == ReplicaIdentity.INDEX
            ? leaf.identityIndex().map("USING INDEX "::concat).orElse("FULL")
            : identity.name();
    return "ALTER TABLE %s REPLICA IDENTITY %s;".formatted(leaf.name(), wanted);
  }

  private static Finding unpublished(SourceTable table) {
    return Finding.warning(
        "TRUNCATE, ATTACH, DETACH and DROP of single partitions of %s do not reach the lake"
            .formatted(table.name()),
        "DELETE the rows first, or run 'firn capture --resnapshot %s' afterwards."
            .formatted(table.token()));
  }

  private static boolean isOrdinary(Leaf leaf) {
    return leaf.kind() == 'r';
  }

  private static String names(List<Leaf> leaves) {
    String list =
        leaves.stream()
            .limit(NAMED_AT_MOST)
            .map(leaf -> leaf.name().toString())
            .collect(Collectors.joining(", "));
    return leaves.size() > NAMED_AT_MOST ? list + ", …" : list;
  }

  private static Finding problem(SourceTable table, String why, String advice) {
    return Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), advice);
  }
}
