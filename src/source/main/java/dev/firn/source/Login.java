package dev.firn.source;

/** What one connection is opened with. */
public record Login(String user, String password) {

  /** Without the password. */
  @Override
  public String toString() {
    return "Login[user=" + user + "]";
  }
}
