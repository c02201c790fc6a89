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

  private static final double[] DISORDER = {0, 5, 40, 1e6};

  static Delivery of(List<Change> changes, int batches, Random random) {
    List<Change> arriving = outOfOrder(changes, DISORDER[random.nextInt(DISORDER.length)], random);
    List<List<List<Change>>> cut = new ArrayList<>();
    for (int batch = 0; batch < batches; batch++) {
      int from = arriving.size() * batch / batches;
      int to = arriving.size() * (batch + 1) / batches;
      List<List<Change>> files = files(arriving.subList(from, to), random);
      if (batch > 0 && random.nextInt(3) == 0) {
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

  /**
   * @param disorder by how many places an event is away from its own, about
   */
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
