package dev.firn.etl.verify;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Asks both sides the same question at the same time: they run on different machines. */
record BothSides<T>(T source, T lake) {

  static <T> BothSides<T> ask(Side source, Side lake, Function<Side, T> question) {
    CompletableFuture<T> first = CompletableFuture.supplyAsync(() -> question.apply(source));
    T second = question.apply(lake);
    try {
      return new BothSides<>(first.join(), second);
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }
}
