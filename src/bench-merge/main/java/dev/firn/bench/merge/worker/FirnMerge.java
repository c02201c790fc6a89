package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Settings;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.etl.merge.MergeJob;
import dev.firn.etl.merge.MergeListener;
import dev.firn.etl.merge.TableReport;
import dev.firn.etl.merge.TableResult;
import dev.firn.pipeline.LakeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.spark.sql.SparkSession;

/** Firn as its users run it, with a configuration. */
final class FirnMerge implements Contender {

  private final SparkSession spark;
  private final Settings settings;
  private final Entrant entrant;

  FirnMerge(SparkSession spark, Settings settings, Entrant entrant) {
    this.spark = spark;
    this.settings = settings;
    this.entrant = entrant;
  }

  @Override
  public void lay(Course course) {
    String stamp = CodeStamp.of(MergeJob.class) + " " + options(course);
    try (CatalogState state = new Lakes(settings).state(lake(course))) {
      if (!state.isKept(stamp)) {
        state.clear();
        if (!course.isLoad()) {
          run(course, settings.rows(course));
        }
        state.keep(stamp);
      }
    }
  }

  @Override
  public void restore(Course course) {
    try (CatalogState state = new Lakes(settings).state(lake(course))) {
      state.restore();
    }
  }

  @Override
  public Account merge(Course course) {
    return run(course, settings.events(course));
  }

  private Account run(Course course, Path raw) {
    MergeJob job = new MergeJob(spark, config(course, raw), Clock.systemUTC(), MergeListener.NONE);
    List<TableReport> reports = results(job).stream().map(FirnMerge::merged).toList();
    return new Account(phases(reports), plans(reports));
  }

  private static TableReport merged(TableResult result) {
    if (result.failure().isPresent() || result.report().counts().quarantined() > 0) {
      throw new IllegalStateException(
          "Cannot merge: " + result.report().notes(), result.failure().orElse(null));
    }
    return result.report();
  }

  private static List<TableResult> results(MergeJob job) {
    try {
      return job.run(Set.of());
    } catch (InterruptedException e) {
      throw new IllegalStateException("Cannot merge: interrupted", e);
    }
  }

  private static Map<String, Double> phases(List<TableReport> reports) {
    Map<String, Double> seconds = new TreeMap<>();
    for (TableReport report : reports) {
      report
          .effort()
          .phases()
          .forEach(
              (phase, took) -> seconds.merge(phase.toString(), took.toNanos() / 1e9, Double::sum));
    }
    return seconds;
  }

  /** The plan of the first of many tables, and the number of the others. */
  private static String plans(List<TableReport> reports) {
    List<String> plans =
        reports.stream().flatMap(report -> report.effort().plans().stream()).distinct().toList();
    String first = plans.stream().findFirst().orElse("");
    return plans.size() < 2 ? first : first + ", and %d like it".formatted(plans.size() - 1);
  }

  private PipelineConfig config(Course course, Path raw) {
    LakeConfig lake = lake(course);
    String yaml =
        """
        source:
          url: "jdbc:postgresql://localhost/none"
          user: bench
          slot: bench
          publication: bench
          tables: [%s]
        stream: { direct: true }
        raw: "%s"
        lake: { catalog: "%s", database: %s, warehouse: "%s" }
        %s
        """
            .formatted(
                course.tokens().stream()
                    .map(token -> "public." + token)
                    .collect(Collectors.joining(", ")),
                raw,
                lake.catalog(),
                lake.database(),
                lake.warehouse(),
                options(course));
    return PipelineFile.parse(yaml, entrant.title(), settings.work());
  }

  /** The options of this contender, as opposed to Firn's defaults. */
  private String options(Course course) {
    return switch (entrant) {
      case FIRN_DIRECT -> "merge: { engine: direct }";
      case FIRN_DIRECT_V3 -> tables(course, "{ properties: { format-version: \"3\" } }");
      case FIRN_DIRECT_BUCKETS -> tables(course, "{ buckets: 16 }");
      case FIRN_SQL -> "merge: { engine: sql }";
      default -> throw new IllegalArgumentException("Cannot configure Firn for " + entrant);
    };
  }

  private static String tables(Course course, String options) {
    return course.tokens().stream()
        .map(token -> token + ": " + options)
        .collect(Collectors.joining(", ", "tables: { ", " }"));
  }

  @Override
  public List<String> relations(Course course) {
    return course.tokens().stream().map(token -> name(course, token)).toList();
  }

  @Override
  public Path folder(Course course) {
    return new Lakes(settings).folder(lake(course));
  }

  private LakeConfig lake(Course course) {
    return new Lakes(settings).of(entrant, course);
  }

  private String name(Course course, TableToken token) {
    return LakeCatalog.sqlName(TableIdentifier.of(lake(course).database(), token.lakeName()));
  }
}
