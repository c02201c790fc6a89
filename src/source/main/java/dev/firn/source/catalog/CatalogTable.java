package dev.firn.source.catalog;

import dev.firn.contract.ReplicaIdentity;
import java.util.List;
import java.util.Optional;

/**
 * A table as the catalog shows it now, which may be later than the log.
 *
 * @param kind {@code pg_class.relkind}: r an ordinary table, p a partitioned one, v a view …
 * @param persistence p permanent, u unlogged, t temporary
 * @param columns in order, without dropped ones
 * @param primaryKey in the order of the key; empty if there is none, or if it is deferrable
 * @param identityIndex columns of the index of REPLICA IDENTITY USING INDEX, in its order
 * @param declaredKey that the configuration declares; empty if the source's key is used
 */
public record CatalogTable(
    long oid,
    char kind,
    char persistence,
    ReplicaIdentity identity,
    List<CatalogColumn> columns,
    List<String> primaryKey,
    List<String> identityIndex,
    List<String> declaredKey) {

  /** A column of it. */
  public record CatalogColumn(
      String name, long typeOid, int typeModifier, boolean nullable, boolean generated) {}

  public CatalogTable {
    columns = List.copyOf(columns);
    primaryKey = List.copyOf(primaryKey);
    identityIndex = List.copyOf(identityIndex);
    declaredKey = List.copyOf(declaredKey);
  }

  /** The columns that identify a row. */
  public List<String> key() {
    return declaredKey.isEmpty() ? ownKey() : declaredKey;
  }

  /** The columns that identify a row according to the source. */
  public List<String> ownKey() {
    return identity == ReplicaIdentity.INDEX ? identityIndex : primaryKey;
  }

  /** The same table with these columns as its declared key, if there are any. */
  public CatalogTable keyed(List<String> declared) {
    return new CatalogTable(
        oid, kind, persistence, identity, columns, primaryKey, identityIndex, declared);
  }

  /** Whether the log has the old values of all these columns with each UPDATE and DELETE. */
  public boolean logsOld(List<String> names) {
    return identity == ReplicaIdentity.FULL || (hasUsableIdentity() && ownKey().containsAll(names));
  }

  /** Whether its rows are stored in partitions. */
  public boolean isPartitioned() {
    return kind == 'p';
  }

  /** Whether PostgreSQL logs its rows: it is an ordinary table or a partitioned one. */
  public boolean isTable() {
    return kind == 'r' || isPartitioned();
  }

  /** Whether PostgreSQL can log which row was changed; if not, it refuses UPDATE and DELETE. */
  public boolean hasUsableIdentity() {
    return switch (identity) {
      case FULL -> true;
      case DEFAULT -> !primaryKey.isEmpty();
      case INDEX -> !identityIndex.isEmpty();
      case NOTHING -> false;
    };
  }

  public Optional<CatalogColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
