package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Course;
import java.nio.file.Path;
import java.util.List;

/** One way to bring changes into tables. */
interface Contender {

  /** Makes the tables of the course as they stand before the run, unless they are there. */
  void lay(Course course);

  /** Brings the tables back to where they stood, whatever a run did to them. */
  void restore(Course course);

  /**
   * Merges the course's events: what is measured.
   *
   * @return what it tells of it
   */
  Account merge(Course course);

  /** What to select from to read the tables, each. */
  List<String> relations(Course course);

  /** Everything it writes in a run is below this folder. */
  Path folder(Course course);
}
