package dev.firn.pipeline;

import java.time.Duration;
import java.util.Objects;

/**
 * How Firn connects to the source, and what it does there.
 *
 * @param rootCertificate file of the authorities that the server's certificate is checked against,
 *     which may be in a store if the pipeline's file is; empty for the driver's default location
 * @param timeout time without an answer after which the connection is considered broken
 * @param heartbeat how often a beat is written to the source; zero for never
 */
public record SourceOptions(
    Authentication authentication,
    String rootCertificate,
    Duration timeout,
    Duration heartbeat,
    Failover failover) {

  public static final SourceOptions DEFAULT =
      new SourceOptions(
          Authentication.PASSWORD,
          "",
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          Failover.AUTO);

  /** How the role authenticates. */
  public enum Authentication {
    PASSWORD,
    /** A token of AWS, signed for each connection (Amazon RDS). */
    IAM
  }

  /** Whether a new slot is kept on standbys too (PostgreSQL 17). */
  public enum Failover {
    /** If the server supports it. */
    AUTO,
    ON,
    OFF
  }

  public SourceOptions {
    Objects.requireNonNull(authentication, "authentication");
    Objects.requireNonNull(rootCertificate, "rootCertificate");
    Objects.requireNonNull(timeout, "timeout");
    Objects.requireNonNull(heartbeat, "heartbeat");
    Objects.requireNonNull(failover, "failover");
  }

  public SourceOptions withRootCertificate(String file) {
    return new SourceOptions(authentication, file, timeout, heartbeat, failover);
  }
}
