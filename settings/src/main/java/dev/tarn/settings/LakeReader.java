package dev.tarn.settings;

import dev.tarn.model.ErrorKind;
import dev.tarn.model.TarnException;
import dev.tarn.settings.read.Place;
import dev.tarn.settings.read.Problems;
import dev.tarn.settings.read.Resolve;
import dev.tarn.settings.read.Spelling;
import dev.tarn.settings.read.ValueReader;
import dev.tarn.settings.read.YamlFile;
import dev.tarn.settings.read.YamlMap;
import dev.tarn.settings.read.YamlValue;
import dev.tarn.settings.secret.SecretSources;
import dev.tarn.settings.source.SourceSettings;
import dev.tarn.settings.source.SourcesReader;
import dev.tarn.settings.stream.StreamsReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a lake directory: every file and every profile is checked, the chosen profile gives the settings. */
final class LakeReader {
    private static final String FILE = "lake.yaml";

    private final Path directory;
    private final Map<String, String> environment;
    private final @Nullable Path tarnHome;
    private final Problems problems = new Problems();

    LakeReader(Path directory, Map<String, String> environment, @Nullable Path tarnHome) {
        this.directory = directory.toAbsolutePath().normalize();
        this.environment = environment;
        this.tarnHome = tarnHome;
    }

    LakeSettings read(@Nullable String profile) {
        if (!Files.exists(directory.resolve(FILE))) {
            throw new TarnException(
                    ErrorKind.USER,
                    "LAKE_MISSING",
                    "Cannot open the lake in '" + directory + "': there is no lake.yaml in it."
                            + " Name the directory of a lake with -C, or make one with"
                            + " 'tarn init DIR --example museum'.");
        }
        try (SecretSources secrets = SecretSources.open(directory, environment, tarnHome)) {
            List<SourceSettings> sources =
                    new SourcesReader(directory, new ValueReader(secrets, Resolve.VALUES), problems).read();
            // Streams are read again when they start; what is wrong with them is said with all else.
            new StreamsReader(directory, new ValueReader(secrets, Resolve.VALUES), problems).read();
            Optional<LakeSettings> lake = YamlFile.read(directory, FILE, LakeKeys.LAKE, problems)
                    .flatMap(file -> readFile(file, profile, secrets, sources));
            problems.throwIfAny(directory);
            return lake.orElseThrow();
        }
    }

    private Optional<LakeSettings> readFile(
            YamlMap file, @Nullable String profile, SecretSources secrets, List<SourceSettings> sources) {
        Map<String, YamlMap> profiles = profiles(file);
        if (profile != null && !profiles.containsKey(profile)) {
            String advice = profiles.isEmpty()
                    ? "; lake.yaml has no profiles"
                    : Spelling.advice(profile, profiles.keySet(), "known are");
            problems.add(new Place(FILE, 0), "unknown profile '" + profile + "'" + advice);
        }
        // What is not chosen is checked as well: a slip in it should not wait for the day of the move.
        Optional<LakeSettings> chosen = Optional.empty();
        LakeSettings plain = readView(file, profile == null ? Resolve.VALUES : Resolve.NOTHING, secrets, sources);
        if (profile == null) {
            chosen = Optional.of(plain);
        }
        for (Map.Entry<String, YamlMap> entry : profiles.entrySet()) {
            boolean isChosen = entry.getKey().equals(profile);
            YamlMap view = file.with(entry.getValue());
            LakeSettings lake = readView(view, isChosen ? Resolve.VALUES : Resolve.NOTHING, secrets, sources);
            if (isChosen) {
                chosen = Optional.of(lake);
            }
        }
        return chosen;
    }

    private LakeSettings readView(YamlMap view, Resolve resolve, SecretSources secrets, List<SourceSettings> sources) {
        return new ViewReader(directory, new ValueReader(secrets, resolve), problems).read(view, sources);
    }

    private static Map<String, YamlMap> profiles(YamlMap file) {
        Map<String, YamlMap> profiles = new LinkedHashMap<>();
        file.find("profiles")
                .flatMap(YamlValue::map)
                .ifPresent(all -> all.entries()
                        .forEach((name, overrides) ->
                                overrides.map(LakeKeys.PROFILE).ifPresent(map -> profiles.put(name, map))));
        return profiles;
    }
}
