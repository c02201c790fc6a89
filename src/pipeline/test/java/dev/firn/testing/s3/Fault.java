package dev.firn.testing.s3;

import java.util.Optional;

/**
 * What goes wrong with the next requests.
 *
 * @param requests how many
 * @param error the answer; empty where it is right, and ends too early
 */
record Fault(int requests, Optional<Answer> error) {

  static final Fault NONE = new Fault(0, Optional.empty());

  record Answer(int status, String code) {}

  static Fault answering(int requests, int status, String code) {
    return new Fault(requests, Optional.of(new Answer(status, code)));
  }

  static Fault cuttingOff(int requests) {
    return new Fault(requests, Optional.empty());
  }

  boolean cutsOff() {
    return requests > 0 && error.isEmpty();
  }

  Optional<Answer> answer() {
    return requests > 0 ? error : Optional.empty();
  }

  Fault next() {
    return requests > 0 ? new Fault(requests - 1, error) : this;
  }
}
