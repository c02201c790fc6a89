package dev.firn.source;

/** The user and password of one connection. */
public record Login(String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[user=" + user + "]";
  }
}
