package dev.firn.local.workload;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.pipeline.QualifiedName;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The sample workload of a seed. */
public final class Workload {

  private final SampleSchema schema;
  private final Script script;

  private Workload(SampleSchema schema, Script script) {
    this.schema = schema;
    this.script = script;
  }

  /**
   * @param folder of the sample data
   */
  public static Workload read(Path folder, long seed) {
    SampleData data = SampleData.read(folder);
    return new Workload(new SampleSchema(folder, data), new Script(data, seed));
  }

  public static List<QualifiedName> tables() {
    return Arrays.stream(SampleTable.values()).map(SampleTable::qualifiedName).toList();
  }

  /** Makes the tables and loads them in batches. */
  public void createAndLoad(DatabaseAddress address, String publication)
      throws InterruptedException {
    schema.prepare(address, publication);
    play(script.initial(), address, Pace.unlimited(), () -> {});
  }

  /** Plays the later export on the loaded tables. */
  public void playIncremental(DatabaseAddress address, Pace pace, Runnable afterEachTransaction)
      throws InterruptedException {
    play(script.incremental(), address, pace, afterEachTransaction);
  }

  public int initialRows() {
    return Arrays.stream(SampleTable.values()).mapToInt(schema::initialRows).sum();
  }

  public int incrementalTransactions() {
    return script.incremental().size();
  }

  private static void play(List<Step> steps, DatabaseAddress address, Pace pace, Runnable afterEach)
      throws InterruptedException {
    try (Player player = new Player(address)) {
      player.play(steps, pace, afterEach);
    }
  }
}
