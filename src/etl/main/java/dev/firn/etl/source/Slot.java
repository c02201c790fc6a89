package dev.firn.etl.source;

import dev.firn.console.DecisionException;
import dev.firn.source.Lsn;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The pipeline's replication slot, as {@code pg_replication_slots} shows it.
 *
 * @param active a capture streams from it
 * @param confirmed what capture has acknowledged: all before it is safe in the raw zone
 * @param lag bytes of WAL written since
 * @param walStatus reserved, extended, unreserved, or lost
 */
public record Slot(String name, boolean active, long confirmed, long lag, String walStatus) {

  private static final String LOOKUP =
      """
      SELECT active, coalesce(confirmed_flush_lsn, '0/0') AS confirmed, wal_status,
             pg_wal_lsn_diff(
                 CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                      ELSE pg_current_wal_lsn() END,
                 confirmed_flush_lsn)::bigint AS lag
      FROM pg_replication_slots WHERE slot_name = ?
      """;

  /**
   * @throws DecisionException when there is no such slot
   */
  public static Slot read(Connection connection, String name) {
    try (PreparedStatement statement = connection.prepareStatement(LOOKUP)) {
      statement.setString(1, name);
      ResultSet row = statement.executeQuery();
      if (row.next()) {
        return new Slot(
            name,
            row.getBoolean("active"),
            Lsn.parse(row.getString("confirmed")),
            row.getLong("lag"),
            String.valueOf(row.getString("wal_status")));
      }
    } catch (SQLException e) {
      throw SourceErrors.working("look up replication slot " + name, e);
    }
    throw new DecisionException(
        "Cannot find replication slot: the source has none of this name: " + name,
        "Before the first capture start it (firn capture); a slot that was dropped since needs"
            + " 'firn capture --resnapshot'.");
  }
}
