package dev.firn.source.catalog;

import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.Lsn;
import dev.firn.source.SourceErrors;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks whether a slot has changes of captured tables that capture has not read yet. It peeks into
 * the slot, which does not advance. Before the first change of a table PostgreSQL sends its
 * Relation message (documentation, "Logical Replication Message Formats"), whose name shows whether
 * the table is captured. A publication may send other tables too: FOR ALL TABLES even sends Firn's
 * own state.
 */
public final class PendingChanges {

  /** Number of messages of the first look; if all are of other tables, a second look reads all. */
  private static final int FIRST_LOOK = 1000;

  private static final String OBJECT_IN_USE = "55006";

  private static final String LOOK =
      """
      SELECT count(*) AS messages,
             array_agg(encode(data, 'hex')) FILTER (WHERE get_byte(data, 0) = ascii('R')) AS relations
      FROM pg_logical_slot_peek_binary_changes(
          ?, ?::pg_lsn, ?, 'proto_version', '1', 'publication_names', ?)
      """;

  private final SqlSession sql;
  private final SourceConfig source;
  private final Set<QualifiedName> captured;

  public PendingChanges(SqlSession sql, SourceConfig source) {
    this.sql = sql;
    this.source = source;
    this.captured =
        source.tables().stream().map(SourceTable::name).collect(Collectors.toUnmodifiableSet());
  }

  /** Also true while another session uses the slot. */
  public boolean before(long lsn) {
    try {
      Look first = look(lsn, OptionalInt.of(FIRST_LOOK));
      return first.hasCaptured()
          || (first.messages() >= FIRST_LOOK && look(lsn, OptionalInt.empty()).hasCaptured());
    } catch (SQLException e) {
      if (OBJECT_IN_USE.equals(e.getSQLState())) {
        return true;
      }
      throw SourceErrors.working("look into replication slot " + source.slot(), e);
    }
  }

  private Look look(long lsn, OptionalInt most) throws SQLException {
    try (PreparedStatement statement = sql.connection().prepareStatement(LOOK)) {
      statement.setString(1, source.slot());
      statement.setString(2, Lsn.format(lsn));
      statement.setObject(3, most.isPresent() ? most.getAsInt() : null, Types.INTEGER);
      statement.setString(4, QualifiedName.quote(source.publication()));
      ResultSet row = statement.executeQuery();
      row.next();
      Array relations = row.getArray("relations");
      boolean counts =
          relations != null
              && Arrays.stream((String[]) relations.getArray())
                  .map(PendingChanges::relation)
                  .anyMatch(captured::contains);
      return new Look(row.getLong("messages"), counts);
    }
  }

  /** R, the OID in four bytes, then schema and name, each ended by a zero. */
  private static QualifiedName relation(String hex) {
    byte[] message = HexFormat.of().parseHex(hex);
    String names = new String(message, 5, message.length - 5, StandardCharsets.UTF_8);
    int schema = names.indexOf('\0');
    int table = names.indexOf('\0', schema + 1);
    return new QualifiedName(names.substring(0, schema), names.substring(schema + 1, table));
  }

  private record Look(long messages, boolean hasCaptured) {}
}
