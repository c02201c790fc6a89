package dev.firn.etl.status;

import dev.firn.console.ExitCode;
import dev.firn.engine.lake.S3Scheme;
import dev.firn.etl.options.ConfigOption;
import dev.firn.etl.source.SourceAccess;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.state.RecordedTroubles;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code firn status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Shows for each table the last batch, the number of pending files and of quarantined records;"
          + " the files of the raw zone that no merge reads; the tables that need a decision; and"
          + " the lag of the replication slot.",
      "Exits with code 2 when the database does not answer, 3 when the slot does not exist; the"
          + " tables are shown in both cases."
    })
public final class StatusCommand implements Callable<Integer> {

  @Mixin private ConfigOption config;

  @Override
  public Integer call() throws Exception {
    PipelineConfig pipeline = config.load();
    LakeStatus lake = new LakeStatus(pipeline, S3Scheme.in(new Configuration()));
    List<TableStatus> tables = lake.read();
    System.out.print(StatusReport.tables(tables));
    System.out.print(StatusReport.attention(lake.passedOver(), lake.refusedFiles(), tables));
    System.out.flush();
    String slot = pipeline.source().slot();
    try (SqlSession sql = new SqlSession(SourceAccess.connections(pipeline.source()).sql())) {
      List<String> troubles = new RecordedTroubles(sql, slot).sentences(pipeline.source().tables());
      System.out.print(StatusReport.lines(troubles));
      System.out.flush();
      System.out.print(StatusReport.slot(slot, new Slots(sql, slot).require()));
    }
    return ExitCode.DONE;
  }
}
