package dev.tarn.generate;

import dev.tarn.generate.rentals.Sales;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The lakes that {@code tarn init --example} can make. */
public enum ExampleLake {
    /** Artists and artworks of a museum in one PostgreSQL database. */
    MUSEUM("artists and artworks of the Museum of Modern Art, kept in PostgreSQL"),
    /** Sales of a video rental as events: files, the schemas of their topics, and streams. */
    RENTALS("sales of a video rental as streams of events");

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

    /** Files that are made when the lake is: relative path to content. */
    Map<String, String> madeFiles() {
        return switch (this) {
            case MUSEUM -> Map.of();
            case RENTALS ->
                Map.of("data/sales_seed.csv", Sales.seed(), "data/sales_incremental.csv", Sales.incremental());
        };
    }

    /** The paths, relative to the lake directory, of the files that only this example has. */
    public List<String> ownFiles() {
        return switch (this) {
            case MUSEUM -> List.of("sources/moma.yaml");
            case RENTALS ->
                List.of(
                        "schemas/sales-value.avsc",
                        "schemas/sales.summary-key.avsc",
                        "schemas/sales.summary-value.avsc",
                        "schemas/sales_regions.avsc",
                        "data/sales_regions.csv",
                        "streams/by_country.yaml",
                        "streams/by_country_window.yaml",
                        "streams/country_totals.yaml",
                        "streams/totals_latest.yaml",
                        "streams/by_region.yaml",
                        "streams/summary.yaml",
                        "streams/summary_latest.yaml");
        };
    }
}
