package dev.firn.local.stage;

/** A stage exited with a code other than 0; its messages are on the console. */
public final class StageFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  StageFailedException(String stage, int exitCode) {
    super("%s exited with code %s".formatted(stage, exitCode));
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
