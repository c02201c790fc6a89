package dev.firn.cdc;

import dev.firn.cdc.capture.BeginningCheck;
import dev.firn.cdc.preflight.Finding;
import dev.firn.cdc.preflight.Grants;
import dev.firn.cdc.preflight.Preflight;
import dev.firn.cdc.source.Source;
import dev.firn.console.ExitCode;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.PipelineFile;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.state.RecordedTroubles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "preflight",
    description = {
      "Checks everything that capture needs from the source.",
      "Prints what is missing, with the SQL that fixes it."
    },
    mixinStandardHelpOptions = true)
final class PreflightCommand implements Callable<Integer> {

  private static final String INDENT = " ".repeat(9);

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Configuration of the pipeline (default: ${DEFAULT-VALUE}).",
      defaultValue = "pipeline.yaml")
  private Path config;

  @Option(
      names = "--grants",
      description = "Print only the SQL that grants the role the privileges that capture needs.")
  private boolean grants;

  @Override
  public Integer call() {
    PipelineConfig pipeline = PipelineFile.load(config);
    if (grants) {
      PrintWriter out = spec.commandLine().getOut();
      out.print(new Grants(pipeline.source()).script());
      out.flush();
      return ExitCode.DONE;
    }
    try (Source source = Source.open(pipeline.source())) {
      List<Finding> findings = new ArrayList<>(new Preflight(pipeline).findings(source));
      if (findings.stream().noneMatch(Finding::isProblem)) {
        findings.add(new BeginningCheck(pipeline.source()).finding(source));
        findings.addAll(decisions(pipeline.source(), source));
      }
      PrintWriter out = spec.commandLine().getOut();
      findings.forEach(finding -> lines(finding).forEach(out::println));
      out.flush();
      boolean stops = findings.stream().anyMatch(Finding::isProblem);
      return stops ? ExitCode.CONFIGURATION : ExitCode.DONE;
    }
  }

  /** Tables that need a decision; they do not stop the other tables. */
  private static List<Finding> decisions(SourceConfig config, Source source) {
    return new RecordedTroubles(source.sql(), config.slot())
        .sentences(config.tables()).stream().map(text -> Finding.warning(text, "")).toList();
  }

  // Each SQL statement on a separate line, so that it can be copied.
  private static List<String> lines(Finding finding) {
    String level = "%-8s ".formatted(finding.level().name().toLowerCase(Locale.ROOT));
    if (finding.sql().isEmpty()) {
      return List.of(level + finding);
    }
    List<String> lines = new ArrayList<>(List.of(level + finding.sentence()));
    finding.sql().get().statements().forEach(statement -> lines.add(INDENT + statement));
    if (!finding.advice().isEmpty()) {
      lines.add(INDENT + finding.advice());
    }
    return lines;
  }
}
