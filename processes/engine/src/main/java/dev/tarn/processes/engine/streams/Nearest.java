package dev.tarn.processes.engine.streams;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** What a person meant to write. */
final class Nearest {
    private Nearest() {}

    /** The name that is a few letters away. */
    static Optional<String> of(String written, Collection<String> names) {
        return names.stream()
                .filter(name -> letters(written, name) <= Math.max(2, written.length() / 3))
                .min(Comparator.comparingInt(name -> letters(written, name)));
    }

    private static int letters(String one, String other) {
        return LevenshteinDistance.getDefaultInstance().apply(one, other);
    }
}
