package dev.tarn.settings.read;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What is wrong with the files of a lake directory, gathered while they are read and reported at once. */
public final class Problems {
    private record Problem(Place place, String text) {
        @Override
        public String toString() {
            return place + ": " + text;
        }
    }

    // A set: what profiles share with the rest of lake.yaml is read more than once.
    private final Set<Problem> problems = new LinkedHashSet<>();
    private final List<Throwable> causes = new ArrayList<>();

    /** Notes a problem. The text holds no line end and no secret. */
    public void add(Place place, String text) {
        problems.add(new Problem(place, text));
    }

    /** Notes a problem, with its cause for the log. */
    public void add(Place place, String text, Throwable cause) {
        add(place, text);
        causes.add(cause);
    }

    /** The problems, one line each, in the order of files and lines. */
    public List<String> lines() {
        List<Problem> sorted = new ArrayList<>(problems);
        sorted.sort((a, b) -> a.place().compareTo(b.place()));
        return sorted.stream().map(Problem::toString).toList();
    }

    /**
     * Fails if there is any problem.
     *
     * @throws TarnException of kind USER and code {@code SETTINGS_INVALID}, with one line for each problem
     */
    public void throwIfAny(Path lakeDirectory) {
        if (problems.isEmpty()) {
            return;
        }
        String count = problems.size() == 1 ? "1 problem" : problems.size() + " problems";
        TarnException error = new TarnException(
                ErrorKind.USER,
                "SETTINGS_INVALID",
                lines().stream()
                        .collect(Collectors.joining(
                                "\n",
                                "Cannot read the settings of lake '" + lakeDirectory + "': " + count + ".\n",
                                "\nCorrect them and run the command again.")));
        causes.forEach(error::addSuppressed);
        throw error;
    }
}
