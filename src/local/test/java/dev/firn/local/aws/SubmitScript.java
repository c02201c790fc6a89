package dev.firn.local.aws;

import dev.firn.local.FirnHome;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code submit.sh} next to a fake build with small jars. */
record SubmitScript(Path file) {

  /** Its exit code and its output. */
  record Outcome(int code, String out, String err) {}

  static SubmitScript in(Path home) throws IOException {
    Path scripts = Files.createDirectories(home.resolve("glue-scripts"));
    for (String name : List.of("submit.sh", "firn.scala")) {
      Files.copy(FirnHome.folder().resolve("glue-scripts").resolve(name), scripts.resolve(name));
    }
    Files.writeString(
        scripts.resolve("pipeline.yaml"),
        """
        source: { url: "jdbc:postgresql://db/shop", ssl_root_certificate: "./rds.pem", slot: firn }
        raw: s3://firn-raw/raw
        """);
    Files.writeString(scripts.resolve("rds.pem"), "authorities");
    Path build = home.resolve("src/etl/target");
    Files.createDirectories(build.resolve("glue-5.1"));
    Path driver = Files.writeString(home.resolve("postgresql-42.7.14.jar"), "pgjdbc");
    Files.writeString(build.resolve("classpath"), "/jars/spark.jar:" + driver + ":/jars/guava.jar");
    Files.writeString(build.resolve("firn-etl-0.1.0.jar"), "jar for 6.0");
    Files.writeString(build.resolve("firn-etl-0.1.0-tests.jar"), "tests");
    Files.writeString(build.resolve("glue-5.1/firn-etl-0.1.0.jar"), "jar for 5.1");
    return new SubmitScript(scripts.resolve("submit.sh"));
  }

  Outcome run(String bucket, Map<String, String> environment, String... options)
      throws InterruptedException {
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    int code = start(bucket, environment, new Output(out::add, err::add), options).await();
    return new Outcome(code, String.join("\n", out), String.join("\n", err));
  }

  StageProcess start(
      String bucket, Map<String, String> environment, Output output, String... options) {
    List<String> command = new ArrayList<>(List.of(file.toString(), "--bucket", bucket));
    command.addAll(List.of("--config", file.resolveSibling("pipeline.yaml").toString()));
    command.addAll(List.of("--every", "1"));
    command.addAll(List.of(options));
    return StageProcess.start("submit", command, environment, output);
  }
}
