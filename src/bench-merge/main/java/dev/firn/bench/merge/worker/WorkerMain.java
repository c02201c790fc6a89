package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import dev.firn.bench.merge.Settings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * A process that runs contenders one after the other, controlled by lines on its standard input:
 * {@code stage COURSE}, {@code lay COURSE ENTRANT}, {@code run COURSE ENTRANT}. It answers each
 * with one line, {@code ok} and the {@link Measure} of a run, or {@code failed} and the reason. It
 * exits at the end of its input.
 */
public final class WorkerMain {

  private static final int LONGEST_REASON = 200;

  private final Settings settings;
  private final SparkSession spark;
  private final Contenders contenders;

  private WorkerMain(Settings settings, SparkSession spark) {
    this.settings = settings;
    this.spark = spark;
    this.contenders = new Contenders(spark, settings);
  }

  /**
   * @param arguments Firn's folder; the name of the engine
   */
  @SuppressWarnings("CatchAndPrintStackTrace")
  public static void main(String[] arguments) {
    PrintStream answers = System.out;
    // Libraries print to stdout too, which must not be read as an answer.
    System.setOut(System.err);
    try {
      Settings settings = Settings.of(System.getenv(), Path.of(arguments[0]));
      serve(settings, Entrant.Engine.valueOf(arguments[1]), answers);
      System.exit(0);
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      // Spark's threads would keep the process alive.
      System.exit(1);
    }
  }

  private static void serve(Settings settings, Entrant.Engine engine, PrintStream answers)
      throws IOException {
    Files.createDirectories(settings.tables("iceberg"));
    try (SparkSession spark = Sessions.open(engine, settings);
        BufferedReader commands =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      WorkerMain worker = new WorkerMain(settings, spark);
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        answers.println(worker.answer(line));
        answers.flush();
      }
    }
  }

  // Any failure ends only this contender.
  @SuppressWarnings("CatchAndPrintStackTrace")
  private String answer(String line) {
    try {
      return "ok " + obey(line.split(" ", -1));
    } catch (Exception | LinkageError e) {
      e.printStackTrace();
      return "failed " + shortly(e);
    }
  }

  /** The root cause in a line; the rest is in the log. */
  private static String shortly(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String line = cause.toString().replaceAll("\\s+", " ");
    return line.substring(0, Math.min(line.length(), LONGEST_REASON));
  }

  private String obey(String[] words) {
    Course course = settings.course(words[1]);
    if (words[0].equals("stage")) {
      new Staging(spark, settings).lay(course);
      return "";
    }
    Contender contender = contenders.of(Entrant.valueOf(words[2]));
    if (words[0].equals("lay")) {
      contender.lay(course);
      return "";
    }
    return new Lane(spark, contender).run(course).line();
  }
}
