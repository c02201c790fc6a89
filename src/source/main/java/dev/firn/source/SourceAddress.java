package dev.firn.source;

import dev.firn.console.OperatorException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * The parts of a JDBC address, as the driver parses it.
 *
 * @param hosts one, or several that are tried in turn
 * @param namesSslMode whether the address itself sets how connections are protected
 */
record SourceAddress(List<String> hosts, int port, boolean namesSslMode) {

  SourceAddress {
    hosts = List.copyOf(hosts);
  }

  static SourceAddress of(String url) {
    Properties parsed = Driver.parseURL(url, new Properties());
    if (parsed == null) {
      throw new OperatorException(
          "Cannot connect to source: the driver cannot read source.url: " + url,
          "Write it as jdbc:postgresql://host:5432/database.");
    }
    List<String> hosts = List.of(PGProperty.PG_HOST.getOrDefault(parsed).split(",", -1));
    String port = PGProperty.PG_PORT.getOrDefault(parsed).split(",", -1)[0];
    boolean ssl = PGProperty.SSL_MODE.isPresent(parsed) || PGProperty.SSL.isPresent(parsed);
    return new SourceAddress(hosts, Integer.parseInt(port), ssl);
  }

  /** The only host, where there must be one. */
  String host() {
    if (hosts.size() > 1) {
      throw new OperatorException(
          "Cannot sign a token for the source: a token is valid for one host only: " + hosts,
          "Set source.url to a single host: the endpoint of the cluster.");
    }
    return hosts.get(0);
  }

  /** Whether every host is this machine, so that nobody can eavesdrop. */
  boolean isLoopback() {
    return hosts.stream().allMatch(SourceAddress::isLoopback);
  }

  private static boolean isLoopback(String host) {
    String plain = host.replaceAll("^\\[|]$", "");
    return Arrays.asList("localhost", "::1", "").contains(plain)
        || plain.matches("127(\\.\\d+){3}");
  }
}
