package dev.firn.cdc.source;

import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/** The database that a JDBC address names. */
public final class DatabaseName {

  private DatabaseName() {}

  public static String of(String url) {
    Properties parsed = Driver.parseURL(url, new Properties());
    String name = parsed == null ? null : PGProperty.PG_DBNAME.getOrNull(parsed);
    return name == null ? "" : name;
  }
}
