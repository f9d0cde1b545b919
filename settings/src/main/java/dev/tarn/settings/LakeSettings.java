package dev.tarn.settings;

import dev.tarn.settings.source.SourceSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a lake: {@code lake.yaml} with the chosen profile, and {@code sources/*.yaml}.
 *
 * @param directory the lake directory; absolute
 * @param name part of Kafka topics and database names
 * @param sources by name, in alphabetical order
 */
public record LakeSettings(
        Path directory,
        String name,
        StorageSettings storage,
        KafkaSettings kafka,
        RegistrySettings registry,
        CatalogSettings catalog,
        EngineSettings engine,
        LimitSettings limits,
        MemorySettings memory,
        SqlSettings sql,
        SchemaSettings schemas,
        List<SourceSettings> sources) {
    public LakeSettings {
        sources = List.copyOf(sources);
    }

    /**
     * Reads and checks a lake directory. Secrets are read too.
     *
     * @param profile the profile of lake.yaml whose settings go before the others; null for none
     * @throws dev.tarn.model.TarnException USER: {@code LAKE_MISSING} if there is no lake.yaml, {@code SETTINGS_INVALID}
     *     with all problems, one line each, if anything is wrong
     */
    public static LakeSettings load(Path lakeDirectory, @Nullable String profile) {
        String home = System.getProperty("tarn.home");
        return new LakeReader(lakeDirectory, System.getenv(), home == null ? null : Path.of(home)).read(profile);
    }

    /** The source with a name. */
    public Optional<SourceSettings> findSource(String source) {
        return sources.stream().filter(one -> one.name().equals(source)).findFirst();
    }
}
