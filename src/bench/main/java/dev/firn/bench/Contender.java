package dev.firn.bench;

/** Captures the rows of a race, in a separate process. */
interface Contender {

  String name();

  Run race(Discipline discipline, int round);
}
