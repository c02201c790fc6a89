package dev.firn.engine.publish;

/** Another run committed a batch since this one was planned: this one changes nothing. */
public final class FencedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FencedException(String planned, String found) {
    super(
        ("Cannot commit batch: another run committed one since this was planned after %s: %s. "
                + "Nothing was changed; one writer a table is enough, and the next run goes on")
            .formatted(planned.isEmpty() ? "none" : planned, found));
  }
}
