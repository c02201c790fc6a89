package dev.firn.cdc.pgoutput;

/** The server sent a message that protocol version 1 does not define. */
public final class ProtocolException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ProtocolException(String problem) {
    super("Cannot decode replication message: " + problem);
  }

  ProtocolException(String problem, Throwable cause) {
    super("Cannot decode replication message: " + problem, cause);
  }
}
