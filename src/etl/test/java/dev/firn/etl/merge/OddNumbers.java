package dev.firn.etl.merge;

import java.util.Random;

/** Floating point numbers, those that JSON does not have and the two zeros among them. */
final class OddNumbers {

  private static final double[] ODD = {
    0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY
  };

  private OddNumbers() {}

  static Cell doublePrecision(Random random) {
    double value =
        switch (random.nextInt(3)) {
          case 0 -> ODD[random.nextInt(ODD.length)];
          case 1 -> Double.MIN_VALUE * random.nextInt(100);
          default -> random.nextGaussian() * 1e6;
        };
    return new Cell(wire(value), LakeText.of(value));
  }

  static Cell real(Random random) {
    float value =
        random.nextInt(3) == 0
            ? (float) ODD[random.nextInt(ODD.length)]
            : (float) (random.nextGaussian() * 1e6);
    return new Cell(wire(Double.parseDouble(Float.toString(value))), LakeText.of(value));
  }

  private static Object wire(double value) {
    return Double.isFinite(value) ? (Object) value : Double.toString(value);
  }
}
