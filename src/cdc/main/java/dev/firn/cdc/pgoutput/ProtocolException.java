package dev.firn.cdc.pgoutput;

/** The server sent what protocol version 1 does not have: not to be guessed at. */
public final class ProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProtocolException(String problem) {
    super("Cannot decode replication message: " + problem);
  }

  ProtocolException(String problem, Throwable cause) {
    super("Cannot decode replication message: " + problem, cause);
  }
}
