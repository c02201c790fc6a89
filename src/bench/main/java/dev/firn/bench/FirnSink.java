package dev.firn.bench;

/** The destination of Firn's events. */
enum FirnSink {
  RAW("Firn to raw files", "{ direct: true }"),
  KINESIS("Firn to Kinesis stand-in", "{ kinesis: bench, region: eu-west-1, endpoint: \"%s\" }");

  private final String title;
  private final String stream;

  FirnSink(String title, String stream) {
    this.title = title;
    this.stream = stream;
  }

  String title() {
    return title;
  }

  /** The section of pipeline.yaml. */
  String stream(String endpoint) {
    return stream.formatted(endpoint);
  }
}
