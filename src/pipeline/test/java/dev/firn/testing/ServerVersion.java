package dev.firn.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The version of the server that the tests run on. */
public record ServerVersion(int major) {

  public static ServerVersion of(TestDatabase database) {
    return new ServerVersion(
        Integer.parseInt(database.queryText("SHOW server_version_num")) / 10_000);
  }

  public boolean isAtLeast(int version) {
    return major >= version;
  }

  /** Leaves the test out where the server is older, and says why. */
  public static void assume(TestDatabase database, int since, String feature) {
    ServerVersion version = of(database);
    assumeTrue(
        version.isAtLeast(since),
        "%s: since PostgreSQL %d, this is %d".formatted(feature, since, version.major()));
  }
}
