package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Settings;
import dev.firn.pipeline.LakeConfig;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The lakes of the Iceberg contenders: one catalog, with a database for each contender and base.
 */
final class Lakes {

  private final Settings settings;

  Lakes(Settings settings) {
    this.settings = settings;
  }

  /** Any of the lakes: they share the catalog. */
  LakeConfig any() {
    return named("any");
  }

  LakeConfig of(Entrant entrant, Course course) {
    String name = entrant.name().toLowerCase(Locale.ROOT);
    return named(name + (course.isLoad() ? "_load_" : "_") + course.base());
  }

  /** The folder of this contender and base only. */
  Path folder(LakeConfig lake) {
    return Path.of(lake.warehouse());
  }

  CatalogState state(LakeConfig lake) {
    return new CatalogState(lake, root().resolve(lake.database() + ".state"));
  }

  private LakeConfig named(String database) {
    return new LakeConfig(
        "jdbc:sqlite:" + root().resolve("catalog.db"),
        database,
        root().resolve(database).toString());
  }

  private Path root() {
    return settings.tables("iceberg");
  }
}
