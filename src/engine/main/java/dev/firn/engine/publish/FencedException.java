package dev.firn.engine.publish;

/** Another run committed a batch after this one was planned; this one changes nothing. */
public final class FencedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FencedException(String planned, String found) {
    super(
        ("Cannot commit batch: another run committed a batch after this one was planned"
                + " (expected %s, found %s). Nothing was changed. Schedule one writer per table; the"
                + " next run continues")
            .formatted(planned.isEmpty() ? "none" : planned, found.isEmpty() ? "none" : found));
  }
}
