package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Settings;
import dev.firn.benchreport.Machine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps the page and the chart of a run. */
public final class Reports {

  private final Settings settings;
  private final Machine machine;
  private final Outcome outcome;

  public Reports(Settings settings, Machine machine, Outcome outcome) {
    this.settings = settings;
    this.machine = machine;
    this.outcome = outcome;
  }

  /** Writes both; text that a person wrote into the page is kept. */
  public void keep() throws IOException {
    Path folder = settings.reports();
    Files.createDirectories(folder);
    Path page = folder.resolve("merge.md");
    String before = Files.exists(page) ? Files.readString(page) : "";
    String text = new Page(settings, machine, outcome).text(Prose.of(before));
    Files.writeString(page, text);
    Files.writeString(folder.resolve("merge.svg"), new Chart(outcome).svg());
    System.out.println(text);
    System.err.println("bench: kept in " + folder);
  }
}
