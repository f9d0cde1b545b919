package dev.tarn.cli.demo;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;

/** Makes the error of a step that did not show what it should. */
final class DemoFailure {
    private DemoFailure() {}

    static TarnException of(String step, String reason) {
        return new TarnException(
                ErrorKind.REFUSED,
                "DEMO_STEP",
                "Cannot show '" + step + "': " + reason
                        + ". Look at 'tarn source list' and 'tarn logs collect' of this lake.");
    }
}
