package dev.tarn.generate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The lakes that {@code tarn init --example} can make. */
public enum ExampleLake {
    /** Artists and artworks of a museum in one PostgreSQL database. */
    MUSEUM("artists and artworks of the Museum of Modern Art, kept in PostgreSQL");

    private final String description;

    ExampleLake(String description) {
        this.description = description;
    }

    /** The example of this name, such as {@code museum}. */
    public static Optional<ExampleLake> find(String name) {
        return Stream.of(values())
                .filter(example -> example.lakeName().equals(name))
                .findFirst();
    }

    /** The name on the command line, which the lake carries too. */
    public String lakeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is in it, in a few words. */
    public String description() {
        return description;
    }

    /** The paths, relative to the lake directory, of the files that only this example has. */
    public List<String> ownFiles() {
        return switch (this) {
            case MUSEUM -> List.of("sources/moma.yaml");
        };
    }
}
