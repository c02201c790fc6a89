package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.PipelineConfig;
import java.util.List;

/** What preflight finds, as texts. */
final class Findings {

  private Findings() {}

  static List<String> warnings(PipelineConfig config) {
    try (Source source = Source.open(config.source())) {
      return new Preflight(config)
          .findings(source).stream()
              .filter(finding -> finding.level() == Finding.Level.WARNING)
              .map(Finding::sentence)
              .toList();
    }
  }

  static List<String> problems(PipelineConfig config) {
    try (Source source = Source.open(config.source())) {
      return new Preflight(config)
          .findings(source).stream()
              .filter(Finding::isProblem)
              .map(finding -> finding.sentence() + " | " + finding.remedy())
              .toList();
    }
  }
}
