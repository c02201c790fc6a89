package dev.firn.etl.merge;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A way in which a history can arrive: cut into batches of files, a little or completely out of
 * order, some events twice, and a whole batch once more.
 */
record Delivery(List<List<List<Change>>> batches) {

  /** How far an event is from its place, about, as a share of all. */
  private static final double[] DISORDER = {0.3, 10, 0.1, 0};

  /**
   * @param kind any number: how much out of order
   */
  static Delivery of(List<Change> changes, int batches, long kind, Random random) {
    double disorder = changes.size() * DISORDER[(int) (kind % DISORDER.length)];
    List<Change> arriving = outOfOrder(changes, disorder, random);
    int again = 1 + random.nextInt(batches - 1);
    List<List<List<Change>>> cut = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      int from = arriving.size() * batch / batches;
      int to = arriving.size() * (batch + 1) / batches;
      List<List<Change>> files = files(arriving.subList(from, to), random);
      if (batch == again) {
        files.addAll(cut.get(random.nextInt(batch)));
      }
      cut.add(files);
    }
    return new Delivery(cut);
  }

  /** The changes of a batch, however they are cut into files. */
  List<Change> changes(int batch) {
    return batches.get(batch).stream().flatMap(List::stream).toList();
  }

  private static List<Change> outOfOrder(List<Change> changes, double disorder, Random random) {
    Map<Integer, Double> places = new HashMap<>();
    List<Integer> arriving = new ArrayList<>();
    for (int i = 0; i < changes.size(); i++) {
      arriving.add(i);
      if (random.nextInt(5) == 0) {
        arriving.add(changes.size() + i);
      }
    }
    for (int one : arriving) {
      places.put(one, one % changes.size() + disorder * random.nextGaussian());
    }
    arriving.sort(Comparator.comparing(places::get));
    return arriving.stream().map(one -> changes.get(one % changes.size())).toList();
  }

  private static List<List<Change>> files(List<Change> changes, Random random) {
    List<List<Change>> files = new ArrayList<>();
    for (int from = 0; from < changes.size(); ) {
      int to = Math.min(changes.size(), from + 1 + random.nextInt(60));
      files.add(changes.subList(from, to));
      from = to;
    }
    return files;
  }
}
