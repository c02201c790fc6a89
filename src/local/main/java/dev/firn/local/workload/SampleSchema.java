package dev.firn.local.workload;

import dev.firn.console.OperatorException;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.pipeline.QualifiedName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Creates the sample's tables on a database that has none of them, or uses existing ones if all
 * exist, are empty and have the sample's columns. Anything else is the user's data and is refused.
 */
final class SampleSchema {

  private static final String PUBLICATION = "CREATE PUBLICATION firn ";

  private final Path file;
  private final Map<SampleTable, List<Row>> rows;

  SampleSchema(Path folder, SampleData data) {
    this.file = folder.resolve("schema.sql");
    this.rows = data.initial();
  }

  int initialRows(SampleTable table) {
    return rows.get(table).size();
  }

  void prepare(DatabaseAddress address, String publication) {
    try (Connection connection = address.connect()) {
      List<SampleTable> there = tablesThere(connection);
      if (there.isEmpty()) {
        create(connection, publication);
      } else {
        check(connection, there);
      }
    } catch (SQLException e) {
      throw new OperatorException(
          "Cannot create the sample's tables: %s: %s".formatted(e.getMessage(), address),
          "Grant the role the missing privileges, or use an empty database.",
          e);
    }
  }

  private void create(Connection connection, String publication) throws SQLException {
    String own = PUBLICATION.replace("firn", QualifiedName.quote(publication));
    connection.setAutoCommit(false);
    Sql.execute(connection, text().replace(PUBLICATION, own));
    connection.commit();
  }

  private String text() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot read the sample's schema: the file does not exist or is not readable: " + file,
          "Name its folder with --sample.",
          e);
    }
  }

  private void check(Connection connection, List<SampleTable> there) throws SQLException {
    for (SampleTable table : SampleTable.values()) {
      if (!there.contains(table)) {
        throw refusal("some of its tables exist, but not this one", table);
      }
      if (!columns(connection, table).equals(rows.get(table).get(0).columns())) {
        throw refusal("the table has other columns", table);
      }
      if (!texts(connection, "SELECT 1 FROM " + table.qualifiedName() + " LIMIT 1").isEmpty()) {
        throw refusal("the table holds rows", table);
      }
    }
  }

  private static OperatorException refusal(String why, SampleTable table) {
    return new OperatorException(
        "Cannot play the sample here: %s: %s".formatted(why, table.qualifiedName()),
        "Use an empty database, or drop the sample's tables, its type and the publication.");
  }

  private static List<SampleTable> tablesThere(Connection connection) throws SQLException {
    List<String> names =
        texts(connection, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    return Arrays.stream(SampleTable.values())
        .filter(table -> names.contains(table.sqlName()))
        .toList();
  }

  private static List<String> columns(Connection connection, SampleTable table)
      throws SQLException {
    return texts(
        connection,
        "SELECT attname FROM pg_attribute WHERE attrelid = 'public.%s'::regclass"
                .formatted(table.sqlName())
            + " AND attnum > 0 AND NOT attisdropped ORDER BY attnum");
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet found = statement.executeQuery(sql)) {
      while (found.next()) {
        texts.add(found.getString(1));
      }
    }
    return texts;
  }
}
