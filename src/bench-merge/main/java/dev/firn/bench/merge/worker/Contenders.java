package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Settings;
import java.util.EnumMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** The contenders of this process, each created when first used. */
final class Contenders {

  private final SparkSession spark;
  private final Settings settings;
  private final Map<Entrant, Contender> made = new EnumMap<>(Entrant.class);

  Contenders(SparkSession spark, Settings settings) {
    this.spark = spark;
    this.settings = settings;
  }

  Contender of(Entrant entrant) {
    return made.computeIfAbsent(entrant, this::make);
  }

  private Contender make(Entrant entrant) {
    return switch (entrant) {
      case FIRN_DIRECT, FIRN_DIRECT_V3, FIRN_DIRECT_BUCKETS, FIRN_SQL ->
          new FirnMerge(spark, settings, entrant);
      case PLAIN -> sql(entrant, SqlMerge.Way.PLAIN);
      case SQL_V2, INSERT -> sql(entrant, SqlMerge.Way.typed(2));
      case SQL_V3 -> sql(entrant, SqlMerge.Way.typed(3));
      case DELTA -> new DeltaMerge(spark, settings);
      case HUDI -> new HudiMerge(spark, settings);
    };
  }

  // Separate sessions: settings and views of one must not affect the others.
  private Contender sql(Entrant entrant, SqlMerge.Way way) {
    return new SqlMerge(spark.newSession(), settings, entrant, way);
  }
}
