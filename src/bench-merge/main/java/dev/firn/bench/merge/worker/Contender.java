package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Account;
import dev.firn.bench.merge.Course;
import java.nio.file.Path;
import java.util.List;

/** One way to apply changes to tables. */
interface Contender {

  /** Creates the initial tables of the course, unless they exist. */
  void lay(Course course);

  /** Restores the tables to their initial state after a run. */
  void restore(Course course);

  /**
   * Merges the course's events; this is measured.
   *
   * @return what the contender reports about the run
   */
  Account merge(Course course);

  /** The relation to select from, for each table. */
  List<String> relations(Course course);

  /** The folder that contains everything it writes in a run. */
  Path folder(Course course);
}
