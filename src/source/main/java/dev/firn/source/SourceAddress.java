package dev.firn.source;

import dev.firn.console.OperatorException;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import org.postgresql.Driver;
import org.postgresql.PGProperty;

/**
 * What a JDBC address says, as the driver reads it.
 *
 * @param hosts one, or several that are tried in turn
 * @param namesSslMode the address itself says how connections are protected
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
          "Write jdbc:postgresql://host:5432/database.");
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
          "Cannot sign a token for the source: it is signed for one host: " + hosts,
          "Name one host in source.url: the endpoint of the cluster.");
    }
    return hosts.get(0);
  }

  /** Every host is this machine: nobody listens between. */
  boolean isLoopback() {
    return hosts.stream().allMatch(SourceAddress::isLoopback);
  }

  private static boolean isLoopback(String host) {
    String plain = host.replaceAll("^\\[|]$", "");
    return Arrays.asList("localhost", "::1", "").contains(plain)
        || plain.matches("127(\\.\\d+){3}");
  }
}
