package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;

/** The settings of the server. */
final class Settings {

  private static final String DOING = "check the server";

  private final Source source;

  Settings(Source source) {
    this.source = source;
  }

  /** The value with its unit; empty if the server's version has no such setting. */
  String text(String name) {
    return source.sql().text(DOING, "SELECT coalesce(current_setting(?::text, true), '')", name);
  }

  /** The value in the setting's base unit; 0 if the server's version has no such setting. */
  long number(String name) {
    return Long.parseLong(
        source
            .sql()
            .text(
                DOING,
                "SELECT coalesce((SELECT setting FROM pg_settings WHERE name = ?), '0')",
                name));
  }

  int version() {
    return source.version();
  }
}
