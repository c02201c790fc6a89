package dev.firn.console;

import java.util.function.Consumer;
import org.slf4j.Logger;

/** Takes the sentences that a running stage has for a person. */
@FunctionalInterface
public interface Notices extends Consumer<String> {

  /** One that a person should look into. */
  default void warn(String sentence) {
    accept(sentence);
  }

  /** Puts them into the log. */
  static Notices logging(Logger log) {
    return new Notices() {
      @Override
      public void accept(String sentence) {
        log.info("{}", sentence);
      }

      @Override
      public void warn(String sentence) {
        log.warn("{}", sentence);
      }
    };
  }
}
