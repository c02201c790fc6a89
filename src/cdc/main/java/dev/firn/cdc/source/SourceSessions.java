package dev.firn.cdc.source;

import dev.firn.pipeline.SourceConfig;
import dev.firn.source.SourceConnections;
import dev.firn.source.catalog.SqlSession;

/** Opens sessions of the source. */
public final class SourceSessions {

  private final SourceConfig source;
  private final SourceConnections connections;

  public SourceSessions(SourceConfig source) {
    this.source = source;
    this.connections = new SourceConnections(source);
  }

  public SqlSession sql() {
    return new SqlSession(connections.sql());
  }

  /** A session for a few short queries: each is answered in time, or fails. */
  public SqlSession brief() {
    return sql().answeringWithin(source.options().timeout());
  }

  public ReplicationSession replication() {
    return new ReplicationSession(connections.replication(), source);
  }
}
