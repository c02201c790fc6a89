package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs every check and reports all findings at once. */
public final class Preflight {

  private final PipelineConfig config;
  private final PipelineConfig checked;

  public Preflight(PipelineConfig config) {
    this(config, Set.of());
  }

  /**
   * @param setAside tables that need a decision: their problems do not stop other tables
   */
  public Preflight(PipelineConfig config, Set<QualifiedName> setAside) {
    this.config = config;
    this.checked = config.with(config.source().without(setAside));
  }

  public List<Finding> findings(Source source) {
    return findings(source, Set.of());
  }

  private List<Finding> findings(Source source, Set<QualifiedName> again) {
    List<Finding> findings = new ArrayList<>(new ServerChecks(config, source).findings());
    Optional<Publication> publication = Publication.read(source, config.source().publication());
    findings.addAll(new PublicationChecks(checked.source(), source, publication).findings());
    publication.ifPresent(
        found -> findings.addAll(new OtherTableChecks(config.source(), source, found).findings()));
    findings.addAll(new TableChecks(checked, source, publication, again).findings());
    return findings;
  }

  /**
   * Returns the warnings.
   *
   * @param again tables to copy again
   * @throws OperatorException with every problem
   */
  public List<Finding> require(Source source, Set<QualifiedName> again) {
    List<Finding> findings = findings(source, again);
    List<Finding> problems = findings.stream().filter(Finding::isProblem).toList();
    if (problems.size() == 1) {
      throw new OperatorException(problems.get(0).sentence(), problems.get(0).remedy());
    }
    if (!problems.isEmpty()) {
      StringBuilder list = new StringBuilder();
      problems.forEach(problem -> list.append("\n  - ").append(problem));
      throw new OperatorException(
          "Cannot capture " + config.source().url(),
          "There are " + problems.size() + " problems:" + list);
    }
    return findings.stream().filter(finding -> finding.level() == Finding.Level.WARNING).toList();
  }
}
