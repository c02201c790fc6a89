package dev.firn.bench;

/** Carries the rows of a race, in a process of its own. */
interface Contender {

  String name();

  Run race(Discipline discipline, int round);
}
