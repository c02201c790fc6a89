package dev.firn.etl.verify;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** The answers of both sides to one question, which are computers of their own. */
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
