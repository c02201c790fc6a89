package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.workload.Workload;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.SourceTable;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DemoPipelineTest {

  @Test
  void everyStageCanReadIt() {
    DatabaseAddress address = new DatabaseAddress("jdbc:postgresql://localhost:5/shop", "me", "");

    PipelineConfig config =
        PipelineFile.parse(DemoPipeline.inFolder(address), "pipeline.yaml", Path.of("/demo"));

    assertEquals(address.url(), config.source().url());
    assertEquals(
        Workload.tables(), config.source().tables().stream().map(SourceTable::name).toList());
    assertEquals(Duration.ofSeconds(1), config.stream().buffer().maxAge());
    assertEquals("/demo/raw", config.raw());
  }
}
