package dev.firn.testing.kinesis;

/** An error answer in the words of the Kinesis API. */
final class KinesisFault extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;

  private KinesisFault(int status, String type, String message) {
    super(message);
    this.status = status;
    this.type = type;
  }

  static KinesisFault of(String type, String message) {
    return new KinesisFault(400, type, message);
  }

  static KinesisFault ofServer(int status) {
    return new KinesisFault(status, "InternalFailure", "The service failed");
  }

  static KinesisFault invalid(String message) {
    return of("InvalidArgumentException", message);
  }

  static KinesisFault throttled(String shard) {
    return of("ProvisionedThroughputExceededException", "Rate exceeded for shard " + shard);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }
}
